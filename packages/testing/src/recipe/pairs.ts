/** Looks up amounts and attribute values by name in lists of pairs, such as `[['cpu', 4]]`. */
import type { VectorRecipe } from './recipe.js'

/** The amount in a dimension; 0 when the vector does not name it. */
export const amountOf = (vector: VectorRecipe, dimension: string): number =>
  vector.find(([name]) => name === dimension)?.[1] ?? 0

/** The value of an attribute; `undefined` when the node does not have it. */
export const valueOf = (
  attributes: readonly (readonly [key: string, value: string])[],
  key: string,
): string | undefined => attributes.find(([name]) => name === key)?.[1]
