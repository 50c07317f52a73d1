/**
 * The one form in which a thing is pictured, however it was described: everything whose order says
 * nothing is sorted, by what it says, and amounts of 0 are left out.
 */
import type { Phase } from '@stowage/kernel'
import type { ClassRecipe, NodeRecipe, VectorRecipe } from '../recipe/recipe.js'
import type { OnNode } from './turn.js'
import { written } from './written.js'

/** A replica, by what its class says. */
export interface ReplicaPicture {
  readonly class: ClassRecipe
  readonly phase: Phase
}

/**
 * What was given about a node: the masks that it is in, and its number in each column where that is
 * not 0.
 */
export interface GivenPicture {
  readonly masks: readonly string[]
  readonly numbers: readonly (readonly [column: string, number: number])[]
}

/** A node and what is on it. Amounts of 0 are left out. */
export interface NodePicture extends NodeRecipe, OnNode {
  readonly load: VectorRecipe
}

/** Nodes in the order of rank. */
export interface Picture {
  readonly nodes: readonly NodePicture[]
}

/** The one form of a class. */
export const settledClass = (classSpec: ClassRecipe): ClassRecipe => ({
  ...classSpec,
  facts: sorted(classSpec.facts),
  occupies: amounts(classSpec.occupies),
})

/** The one form of a node, of what is on it and of what that is said to take. */
export const settledNode = (
  { name, capacity, attributes, marks }: NodeRecipe,
  { replicas, given, tried }: OnNode,
  load: VectorRecipe,
): NodePicture => ({
  name,
  capacity: amounts(capacity),
  attributes: sorted(attributes),
  marks: sorted(marks.map(sorted)),
  load: amounts(load),
  replicas: sorted(replicas),
  given: { masks: sorted(given.masks), numbers: amounts(given.numbers) },
  ...(tried === undefined ? {} : { tried }),
})

const amounts = (vector: VectorRecipe): VectorRecipe =>
  sorted(vector.filter(([, amount]) => amount !== 0))

/** In code-unit order. */
const sorted = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length < 2
    ? items
    : items
        .map((item) => [written(item), item] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, item]) => item)

/** What replicas take together, by dimension. */
export const loadOf = (replicas: readonly ReplicaPicture[]): VectorRecipe => {
  const sums = new Map<string, number>()
  for (const [dimension, amount] of replicas.flatMap((replica) => replica.class.occupies))
    sums.set(dimension, (sums.get(dimension) ?? 0) + amount)
  return [...sums]
}
