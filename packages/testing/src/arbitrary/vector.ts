/**
 * Generates random demands and capacities: small amounts, so that nodes are soon full, and now and
 * then the largest amount, to test arithmetic.
 */
import { amountMax } from '@stowage/kernel'
import fc, { type Arbitrary } from 'fast-check'
import type { VectorRecipe } from '../recipe/recipe.js'
import { anyDimension } from './text.js'

const amountUpTo = (most: number): Arbitrary<number> =>
  fc.oneof(
    { weight: 15, arbitrary: fc.nat(most) },
    { weight: 1, arbitrary: fc.constantFrom(amountMax - 1, amountMax) },
  )

/** A vector of up to three of these dimensions. */
export const amountsIn = (
  dimensions: Arbitrary<string>,
  amount: Arbitrary<number>,
): Arbitrary<VectorRecipe> =>
  fc.uniqueArray(fc.tuple(dimensions, amount), {
    selector: ([dimension]) => dimension,
    maxLength: 3,
  })

/** The demand of one replica in one dimension. */
export const anyDemand: Arbitrary<number> = amountUpTo(3)

/** The demands of one replica. */
export const anyDemands: Arbitrary<VectorRecipe> = amountsIn(anyDimension, anyDemand)

/** The capacity of one node in one dimension. */
export const anyCapacityAmount: Arbitrary<number> = amountUpTo(8)
