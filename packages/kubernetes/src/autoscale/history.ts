/**
 * Stores the earlier recommendations and scalings of a HorizontalPodAutoscaler, which stabilization
 * windows and scaling policies read. To keep the lists short, a new entry overwrites an entry that
 * is too old for every window, as in kube-controller-manager.
 */
import type { Instant } from '@stowage/kernel'
import type { ScalingBehavior, ScalingRules } from './autoscaler.js'

/** A count, or a change of it, at an instant. */
export interface CountAt {
  readonly count: number
  readonly at: Instant
}

/** What an autoscaler remembers of a workload. */
export interface ScalingHistory {
  /** Counts that the metrics recommended. */
  readonly recommendations: readonly CountAt[]
  /** How many pods came; kept only with a behavior, as are those that went. */
  readonly scaleUps: readonly CountAt[]
  readonly scaleDowns: readonly CountAt[]
}

/** The history of an autoscaler that has not looked yet. */
export const emptyHistory: ScalingHistory = { recommendations: [], scaleUps: [], scaleDowns: [] }

/** The list with an entry in the place of the last one that is old, or at the end. */
export const withEntry = (
  entries: readonly CountAt[],
  entry: CountAt,
  isOld: (entry: CountAt) => boolean,
): readonly CountAt[] => {
  const place = entries.map(isOld).lastIndexOf(true)
  return place < 0 ? [...entries, entry] : entries.map((one, i) => (i === place ? entry : one))
}

/** The history after a workload was scaled. */
export const withScaling = (
  history: ScalingHistory,
  behavior: ScalingBehavior | undefined,
  from: number,
  to: number,
  now: Instant,
): ScalingHistory => {
  if (behavior === undefined) return history
  const add = (entries: readonly CountAt[], rules: ScalingRules) =>
    withEntry(
      entries,
      { count: Math.abs(to - from), at: now },
      ({ at }) => at < now - longestPeriod(rules),
    )
  return to > from
    ? { ...history, scaleUps: add(history.scaleUps, behavior.scaleUp) }
    : { ...history, scaleDowns: add(history.scaleDowns, behavior.scaleDown) }
}

const longestPeriod = ({ policies }: ScalingRules): number =>
  1000 * policies.reduce((most, { periodSeconds }) => Math.max(most, periodSeconds), 0)
