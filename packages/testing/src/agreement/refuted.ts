/**
 * Shows that a property can fail: it must fail for a bug that was planted on purpose, otherwise it
 * tests nothing.
 */
import fc, { type IProperty } from 'fast-check'

/** How many cases are tried, and which. */
export interface RefutationOptions {
  /** Default: 10,000. */
  readonly runsMax?: number
  /** The same seed draws the same cases, so the result is reproducible. Default: 1. */
  readonly seed?: number
}

/** Whether some case makes the property fail. The failing case is not shrunk, to save time. */
export const refuted = <Case>(
  property: IProperty<Case>,
  { runsMax = 10_000, seed = 1 }: RefutationOptions = {},
): boolean => fc.check(property, { numRuns: runsMax, endOnFailure: true, seed }).failed
