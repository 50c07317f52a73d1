/**
 * Computes with intervals (a minimum and a maximum), for the estimate of the sizes of values and of
 * the cost of a CEL expression. A maximum of `Infinity` means that no bound is known.
 */

/** The least and the most. */
export interface CostBounds {
  readonly min: number
  readonly max: number
}

export const exactly = (amount: number): CostBounds => ({ min: amount, max: amount })

/** Nothing is known. */
export const anySize: CostBounds = { min: 0, max: Infinity }

/** The sum of bounds. */
export const boundsSum = (...all: readonly CostBounds[]): CostBounds => ({
  min: all.reduce((sum, { min }) => sum + min, 0),
  max: all.reduce((sum, { max }) => sum + max, 0),
})

/** Nothing of something that is not known is nothing. */
const boundedProduct = (one: number, other: number): number =>
  one === 0 || other === 0 ? 0 : one * other

/** The product of bounds. */
export const productOf = (one: CostBounds, other: CostBounds): CostBounds => ({
  min: boundedProduct(one.min, other.min),
  max: boundedProduct(one.max, other.max),
})

/** A multiple by a factor, rounded up. */
export const roundedMultiple = ({ min, max }: CostBounds, factor: number): CostBounds => ({
  min: Math.ceil(boundedProduct(min, factor)),
  max: Math.ceil(boundedProduct(max, factor)),
})

/** The bounds around both. */
export const unionOf = (one: CostBounds, other: CostBounds): CostBounds => ({
  min: Math.min(one.min, other.min),
  max: Math.max(one.max, other.max),
})
