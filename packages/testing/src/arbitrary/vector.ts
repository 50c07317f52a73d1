/**
 * Amounts: small ones, so that nodes are soon full, and now and then the largest, at which
 * arithmetic is tried.
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

/** Amounts in up to three of these dimensions. */
export const amountsIn = (
  dimensions: Arbitrary<string>,
  amount: Arbitrary<number>,
): Arbitrary<VectorRecipe> =>
  fc.uniqueArray(fc.tuple(dimensions, amount), {
    selector: ([dimension]) => dimension,
    maxLength: 3,
  })

/** What one replica takes, or asks for. */
export const anyDemand: Arbitrary<number> = amountUpTo(3)

/** What one replica takes, in a few dimensions. */
export const anyDemands: Arbitrary<VectorRecipe> = amountsIn(anyDimension, anyDemand)

/** What one node has of something. */
export const anyCapacityAmount: Arbitrary<number> = amountUpTo(8)

/** What one node has. */
export const anyCapacity: Arbitrary<VectorRecipe> = amountsIn(anyDimension, anyCapacityAmount)
