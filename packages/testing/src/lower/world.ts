/**
 * Builds the kernel's cluster from plain data: nodes, classes (workloads as the scheduler sees
 * them) and replicas with texts in place of ids. Also converts one node or one class to the form
 * that the kernel takes.
 */
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  findNode,
  giveColumn,
  giveMask,
  internDimension,
  join,
  internMask,
  pluginId,
  take,
  internWord,
  type Choice,
  type ClassSpec,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeSpec,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { findNodes } from './expr.js'
import { lowerFilter, lowerRawScore, lowerVector } from './rule.js'
import { internProbedColumn } from './column-probe.js'
import type {
  ChoiceRecipe,
  ClassRecipe,
  ColumnRecipe,
  MaskRecipe,
  NodeRecipe,
  WorldRecipe,
} from '../recipe/recipe.js'

/** A node as `join` takes it; interns its texts. */
export const lowerNode = (draft: Draft, node: NodeRecipe): NodeSpec => ({
  name: node.name,
  capacity: lowerVector(draft, node.capacity),
  attributes: lowerAttributes(draft, node.attributes),
  marks: node.marks.map((mark) => lowerAttributes(draft, mark)),
})

const lowerAttributes = (
  draft: Draft,
  attributes: NodeRecipe['attributes'],
): NodeSpec['attributes'] =>
  attributes.map(([key, value]) => [internWord(draft, key), internWord(draft, value)])

/** A class as `define` takes it; interns its texts. */
export const lowerClass = (draft: Draft, classSpec: ClassRecipe): ClassSpec => ({
  facts: classSpec.facts.map((fact) => internWord(draft, fact)),
  occupies: lowerVector(draft, classSpec.occupies),
  filters: classSpec.filters.map((filter) => lowerFilter(draft, filter)),
  choice: lowerChoice(draft, classSpec.choice),
  priority: classSpec.priority,
})

const lowerChoice = (draft: Draft, choice: ChoiceRecipe): Choice => {
  if (choice._tag === 'Sum') {
    const scores = choice.scores.map((score) => ({
      ...score,
      plugin: pluginId(score.plugin),
      raw: lowerRawScore(draft, score.raw),
    }))
    return { _tag: 'Sum', scores, tie: choice.tie }
  }
  const keys = choice.keys.map((key) => ({
    ...key,
    plugin: pluginId(key.plugin),
    raw: lowerRawScore(draft, key.raw),
  }))
  return { _tag: 'Chain', keys, tie: choice.tie }
}

/** Lowers and defines a class. Throws with the kernel's message when the kernel refuses it. */
export const defineRecipe = (draft: Draft, classSpec: ClassRecipe): ClassId => {
  const defined = define(draft, lowerClass(draft, classSpec))
  if (E.isLeft(defined)) throw new Error(`a recipe was refused: ${JSON.stringify(defined.left)}`)
  return defined.right
}

/** A cluster, and the ids of the world's classes in their order. */
export interface BuiltWorld {
  readonly cluster: Cluster
  readonly classes: readonly ClassId[]
}

/**
 * Builds a cluster: nodes join in their order, masks and columns are given, classes are defined,
 * replicas are bound. It starts from a copy of `empty`, so that a kernel that is broken on purpose
 * cannot damage `empty` for other tests.
 */
export const build = (world: WorldRecipe): BuiltWorld => {
  const [cluster, classes] = batch(allowIndexes(take(empty)), (draft) => {
    for (const name of world.dimensions ?? []) internDimension(draft, name)
    for (const node of world.nodes) join(draft, lowerNode(draft, node))
    for (const given of world.given?.masks ?? []) giveMaskRecipe(draft, given)
    for (const given of world.given?.columns ?? []) giveColumnRecipe(draft, given)
    const defined = world.classes.map((classSpec) => defineRecipe(draft, classSpec))
    for (const replica of world.replicas) {
      const node = findNode(draft, replica.node)
      if (O.isSome(node))
        bind(draft, defined[replica.class % defined.length]!, node.value, replica.phase)
    }
    return defined
  })
  return { cluster, classes }
}

const giveMaskRecipe = (draft: Draft, given: MaskRecipe): void => {
  getOrThrow(giveMask(draft, internMask(draft, given.mask), findNodes(draft, given.nodes)))
}

const giveColumnRecipe = (draft: Draft, given: ColumnRecipe): void => {
  const numbers = given.numbers.flatMap(([name, number]) =>
    findNodes(draft, [name]).map((node) => [node, number] as const),
  )
  getOrThrow(giveColumn(draft, internProbedColumn(draft, given.column), numbers))
}
