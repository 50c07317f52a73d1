/** Looking things up in plain pairs. */
import type { VectorRecipe } from './recipe.js'

/** The amount in a dimension; 0 in one that is not named. */
export const amountOf = (vector: VectorRecipe, dimension: string): number =>
  vector.find(([name]) => name === dimension)?.[1] ?? 0

/** The value of a key, or nothing. */
export const valueOf = (
  attributes: readonly (readonly [key: string, value: string])[],
  key: string,
): string | undefined => attributes.find(([name]) => name === key)?.[1]
