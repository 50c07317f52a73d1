/**
 * Whether a property is seen to fail: what shows that it would notice a bug that was planted for
 * it.
 */
import fc, { type IProperty } from 'fast-check'

/** How long is tried, and from where. */
export interface Refuting {
  readonly runsMax?: number
  /** The same seed draws the same cases: what is refuted today is refuted tomorrow. */
  readonly seed?: number
}

/**
 * Runs the property until it fails, without looking for a smaller case; false when it holds for all
 * runs.
 */
export const refuted = <Case>(
  property: IProperty<Case>,
  { runsMax = 10_000, seed = 1 }: Refuting = {},
): boolean => fc.check(property, { numRuns: runsMax, endOnFailure: true, seed }).failed
