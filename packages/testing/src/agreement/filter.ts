/**
 * Defines the property that every filter and its twin (slow reference implementation) agree: in
 * random clusters, both allow the same nodes and refuse the other nodes for the same reasons.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyWorld } from '../arbitrary/world.js'
import { explainByName } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../lower/world.js'
import { plainClass } from '../recipe/plain.js'
import type { FilterRecipe, WorldRecipe } from '../recipe/recipe.js'
import { filterTwin } from '../twin/filter.js'
import { assertSame } from './assert-same.js'

/**
 * The property for filters. To plant a bug, pass `misread`: the kernel gets the misread filter and
 * the twin the original.
 */
export const filterAgrees = <Filter extends FilterRecipe>(
  anyFilter: Arbitrary<Filter>,
  misread: (filter: Filter) => FilterRecipe = (filter) => filter,
): IProperty<[WorldRecipe, Filter]> =>
  fc.property(anyWorld, anyFilter, (world, filter) => {
    const lone = { ...plainClass, filters: [misread(filter)] }
    const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
    const explanation = explainByName(cluster, { class: classes[classes.length - 1]! })
    const all = picture(cluster)
    assertSame(
      explanation.nodes.map(({ name, refusals }) => [name, refusals]),
      all.nodes.map((node) => [node.name, refusalList(filter, node, all)]),
    )
  })

const refusalList = (...judgement: Parameters<typeof filterTwin>) => {
  const refusal = filterTwin(...judgement)
  return refusal === undefined ? [] : [refusal]
}
