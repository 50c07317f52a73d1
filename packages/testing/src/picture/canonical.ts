/**
 * Normalises pictures (all that can be read of a cluster, as plain data), so that equal things have
 * equal pictures: sorts lists whose sequence is irrelevant, and removes amounts of 0.
 */
import type { ClassRecipe, NodeRecipe, VectorRecipe } from '../recipe/recipe.js'
import { canonicalText } from './canonical-text.js'
import type { NodeContent, ReplicaPicture } from './content.js'

/** A node by name and texts, with everything on it. */
export interface NodePicture extends NodeRecipe, NodeContent {
  readonly load: VectorRecipe
}

/** A cluster by names and texts: its nodes, sorted by name. */
export interface Picture {
  readonly nodes: readonly NodePicture[]
}

/** The canonical form of a class. */
export const canonicalClass = (classSpec: ClassRecipe): ClassRecipe => ({
  ...classSpec,
  facts: sortItems(classSpec.facts),
  occupies: amounts(classSpec.occupies),
})

/** The canonical form of a node with its content and its load. */
export const canonicalNode = (
  { name, capacity, attributes, marks }: NodeRecipe,
  { replicas, given, trial }: NodeContent,
  load: VectorRecipe,
): NodePicture => ({
  name,
  capacity: amounts(capacity),
  attributes: sortItems(attributes),
  marks: sortItems(marks.map(sortItems)),
  load: amounts(load),
  replicas: sortItems(replicas),
  given: { masks: sortItems(given.masks), numbers: amounts(given.numbers) },
  ...(trial === undefined ? {} : { trial }),
})

const amounts = (vector: VectorRecipe): VectorRecipe =>
  sortItems(vector.filter(([, amount]) => amount !== 0))

/** By canonical text, in code-unit order. */
const sortItems = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length < 2
    ? items
    : items
        .map((item) => [canonicalText(item), item] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, item]) => item)

/** The sum of what replicas occupy, by dimension. */
export const loadOf = (replicas: readonly ReplicaPicture[]): VectorRecipe => {
  const sums = new Map<string, number>()
  for (const [dimension, amount] of replicas.flatMap((replica) => replica.class.occupies))
    sums.set(dimension, (sums.get(dimension) ?? 0) + amount)
  return [...sums]
}
