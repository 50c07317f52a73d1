/**
 * Filters agree with their twins: on every node of every world, both say yes, or refuse in the same
 * words.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyWorld } from '../arbitrary/world.js'
import { explained } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../recipe/lower.js'
import { plainClass } from '../recipe/plain.js'
import type { FilterRecipe, WorldRecipe } from '../recipe/recipe.js'
import { filterTwin } from '../twin/filter.js'
import { agree } from './agree.js'

/**
 * The property for some filters. A planted bug is a way to misread one: the kernel is given what
 * was misread.
 */
export const filterAgrees = <Filter extends FilterRecipe>(
  anyFilter: Arbitrary<Filter>,
  misread: (filter: Filter) => FilterRecipe = (filter) => filter,
): IProperty<[WorldRecipe, Filter]> =>
  fc.property(anyWorld, anyFilter, (world, filter) => {
    const lone = { ...plainClass, filters: [misread(filter)] }
    const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
    const said = explained(cluster, { class: classes[classes.length - 1]! })
    const all = picture(cluster)
    agree(
      said.nodes.map(({ name, refusals }) => [name, refusals]),
      all.nodes.map((node) => [node.name, refusalsTwin(filter, node, all)]),
    )
  })

const refusalsTwin = (...asked: Parameters<typeof filterTwin>) => {
  const refusal = filterTwin(...asked)
  return refusal === undefined ? [] : [refusal]
}
