/** Whether a property is seen to fail: what shows that it would notice a bug that was planted for it. */
import fc, { type IProperty } from 'fast-check'

/** Runs the property until it fails, without looking for a smaller case; false when it holds for all runs. */
export const refuted = <Case>(property: IProperty<Case>, runsMost = 10_000): boolean =>
  fc.check(property, { numRuns: runsMost, endOnFailure: true }).failed
