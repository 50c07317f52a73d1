/**
 * From recipes of nodes, classes and whole worlds to those of a draft.
 */
import {
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  findNode,
  giveColumn,
  giveMask,
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
import { lowerNames } from './lower-expr.js'
import { lowerFilter, lowerRaw, lowerVector } from './lower-rule.js'
import { readableColumn } from './probe.js'
import type {
  ChoiceRecipe,
  ClassRecipe,
  ColumnRecipe,
  MaskRecipe,
  NodeRecipe,
  WorldRecipe,
} from './recipe.js'

/** A node, for `join`. */
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

/** A class, for `define`. */
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
      raw: lowerRaw(draft, score.raw),
    }))
    return { _tag: 'Sum', scores, tie: choice.tie }
  }
  const keys = choice.keys.map((key) => ({
    ...key,
    plugin: pluginId(key.plugin),
    raw: lowerRaw(draft, key.raw),
  }))
  return { _tag: 'Chain', keys, tie: choice.tie }
}

/** Lowers a class and defines it. Throws when the kernel refuses it, with the kernel's words. */
export const defineRecipe = (draft: Draft, classSpec: ClassRecipe): ClassId => {
  const defined = define(draft, lowerClass(draft, classSpec))
  if (E.isLeft(defined)) throw new Error(`a recipe was refused: ${JSON.stringify(defined.left)}`)
  return defined.right
}

/** A world as a cluster, and the ids of its classes in their order. */
export interface Built {
  readonly cluster: Cluster
  readonly classes: readonly ClassId[]
}

/**
 * Builds a world from nothing: its nodes join in their order, what is given about them is given,
 * then classes are defined, then replicas bound. It shares nothing with `empty`, so that not even a
 * kernel that is broken on purpose can spoil that for other tests.
 */
export const build = (world: WorldRecipe): Built => {
  const [cluster, classes] = batch(take(empty), (draft) => {
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
  getOrThrow(giveMask(draft, internMask(draft, given.mask), lowerNames(draft, given.nodes)))
}

const giveColumnRecipe = (draft: Draft, given: ColumnRecipe): void => {
  const numbers = given.numbers.flatMap(([name, number]) =>
    lowerNames(draft, [name]).map((node) => [node, number] as const),
  )
  getOrThrow(giveColumn(draft, readableColumn(draft, given.column), numbers))
}
