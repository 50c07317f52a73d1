/**
 * Checks that a property fails in at least one random case. Tests plant a bug on purpose and expect
 * the property to fail, because a property that misses the bug tests nothing.
 */
import fc, { type IProperty } from 'fast-check'

/** How many cases are tried, and which. */
export interface RefutationOptions {
  /** Default: 10,000. */
  readonly runsMax?: number
  /** The same seed draws the same cases, so the result is reproducible. Default: 1. */
  readonly seed?: number
}

/**
 * Whether some case makes the property fail. The failing case is not shrunk, to save time.
 *
 * @example
 * ```ts
 * import { isRefuted } from '@stowage/testing'
 * import fc from 'fast-check'
 *
 * console.log(isRefuted(fc.property(fc.nat(), (number) => number < 1_000)))
 * ```
 * ```text
 * true
 * ```
 */
export const isRefuted = <Case>(
  property: IProperty<Case>,
  { runsMax = 10_000, seed = 1 }: RefutationOptions = {},
): boolean => fc.check(property, { numRuns: runsMax, endOnFailure: true, seed }).failed
