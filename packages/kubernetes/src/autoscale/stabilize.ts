/**
 * Stabilizes the replica count that a HorizontalPodAutoscaler recommends, so that it does not
 * follow every fluctuation:
 * 1. Without `spec.behavior`, the result is the highest recommendation of the last minutes (the
 *    stabilization window).
 * 2. With `spec.behavior`, the count rises only to the lowest recommendation of the scale-up
 *    window, and falls only to the highest recommendation of the scale-down window. Otherwise it
 *    stays.
 */
import type { Instant } from '@stowage/kernel'
import { withEntry, type CountAt } from './history.js'

/** A count that was held back or not, and the recommendations with the new one. */
export interface StabilizedCount {
  readonly count: number
  readonly recommendations: readonly CountAt[]
}

/**
 * Without a behavior: the highest count that was recommended within the window. An entry exactly as
 * old as the window is long counts.
 */
export const highestRecent = (
  recommendations: readonly CountAt[],
  count: number,
  window: number,
  now: Instant,
): StabilizedCount => {
  const isOld = ({ at }: CountAt): boolean => at < now - window
  const recent = recommendations.filter((one) => !isOld(one)).map((one) => one.count)
  return {
    count: recent.reduce((most, one) => Math.max(most, one), count),
    recommendations: withEntry(recommendations, { count, at: now }, isOld),
  }
}

/**
 * With a behavior: the present count, raised to the lowest that was recommended within the window
 * up, then lowered to the highest within the window down. An entry exactly as old as the window is
 * long does not count.
 */
export const withinRecent = (
  recommendations: readonly CountAt[],
  { count, currentReplicas }: { readonly count: number; readonly currentReplicas: number },
  windows: { readonly up: number; readonly down: number },
  now: Instant,
): StabilizedCount => {
  const recentIn = (window: number): readonly number[] =>
    recommendations.filter(({ at }) => at > now - window).map((one) => one.count)
  const floor = recentIn(windows.up).reduce((least, one) => Math.min(least, one), count)
  const ceiling = recentIn(windows.down).reduce((most, one) => Math.max(most, one), count)
  return {
    count: Math.min(Math.max(currentReplicas, floor), ceiling),
    recommendations: withEntry(
      recommendations,
      { count, at: now },
      ({ at }) => at < now - windows.up && at < now - windows.down,
    ),
  }
}
