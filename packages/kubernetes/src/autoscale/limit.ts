/**
 * Limits the replica count that a HorizontalPodAutoscaler wants:
 * 1. to the range from minReplicas to maxReplicas;
 * 2. if `spec.behavior` is set: to what its scaling policies allow, for example at most 4 new pods
 *    in 60 seconds;
 * 3. otherwise, when scaling up: to twice the current count, or to 4 if that is more.
 */
import { int32Max } from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import type { ScalingBehavior, ScalingRules } from './autoscaler.js'
import type { CountAt, ScalingHistory } from './history.js'
import { toInt32 } from './integer.js'

/** Why a count is another than the one that was wanted, by the reason of the condition. */
export type LimitReason =
  | 'DesiredWithinRange'
  | 'ScaleDownLimit'
  | 'ScaleUpLimit'
  | 'TooFewReplicas'
  | 'TooManyReplicas'

/** A count within its limits. */
export interface LimitedCount {
  readonly count: number
  readonly reason: LimitReason
}

/** The bounds of a workload, and where it is. */
export interface CountBounds {
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly currentReplicas: number
}

/** Without a behavior: at most twice as many, or 4 where that is more. */
export const limitByFactor = (
  { minReplicas, maxReplicas, currentReplicas }: CountBounds,
  count: number,
): LimitedCount => {
  const most = Math.max(2 * currentReplicas, 4)
  if (count < minReplicas) return { count: minReplicas, reason: 'TooFewReplicas' }
  if (count <= Math.min(maxReplicas, most)) return { count, reason: 'DesiredWithinRange' }
  return maxReplicas > most
    ? { count: most, reason: 'ScaleUpLimit' }
    : { count: maxReplicas, reason: 'TooManyReplicas' }
}

/** With a behavior: as its policies allow. */
export const limitByPolicies = (
  { minReplicas, maxReplicas, currentReplicas }: CountBounds,
  count: number,
  { scaleUp, scaleDown }: ScalingBehavior,
  history: ScalingHistory,
  now: Instant,
): LimitedCount => {
  if (count > currentReplicas) {
    const most = Math.max(upperEnd(currentReplicas, scaleUp, history, now), currentReplicas)
    if (count > Math.min(most, maxReplicas))
      return maxReplicas > most
        ? { count: most, reason: 'ScaleUpLimit' }
        : { count: maxReplicas, reason: 'TooManyReplicas' }
  }
  if (count < currentReplicas) {
    const least = Math.min(lowerEnd(currentReplicas, scaleDown, history, now), currentReplicas)
    if (count < Math.max(least, minReplicas))
      return minReplicas < least
        ? { count: least, reason: 'ScaleDownLimit' }
        : { count: minReplicas, reason: 'TooFewReplicas' }
  }
  return { count, reason: 'DesiredWithinRange' }
}

const upperEnd = (
  current: number,
  { select, policies }: ScalingRules,
  history: ScalingHistory,
  now: Instant,
): number => {
  if (select === 'Disabled') return current
  const ends = policies.map(({ type, value, periodSeconds }) => {
    const start = startOfPeriod(current, periodSeconds, history, now)
    return type === 'Pods' ? start + value : toInt32(Math.ceil(start * (1 + value / 100)))
  })
  return select === 'Min' ? lowestOf(ends) : highestOf(ends)
}

const lowerEnd = (
  current: number,
  { select, policies }: ScalingRules,
  history: ScalingHistory,
  now: Instant,
): number => {
  if (select === 'Disabled') return current
  const ends = policies.map(({ type, value, periodSeconds }) => {
    const start = startOfPeriod(current, periodSeconds, history, now)
    return type === 'Pods' ? start - value : toInt32(start * (1 - value / 100))
  })
  return select === 'Min' ? highestOf(ends) : lowestOf(ends)
}

const lowestOf = (ends: readonly number[]): number =>
  ends.reduce((least, end) => Math.min(least, end), int32Max)
const highestOf = (ends: readonly number[]): number =>
  ends.reduce((most, end) => Math.max(most, end), -int32Max - 1)

/** How many pods there were when the period began. */
const startOfPeriod = (
  current: number,
  periodSeconds: number,
  { scaleUps, scaleDowns }: ScalingHistory,
  now: Instant,
): number => {
  const changeIn = (entries: readonly CountAt[]): number =>
    entries
      .filter(({ at }) => at > now - periodSeconds * 1000)
      .reduce((sum, { count }) => sum + count, 0)
  return current - changeIn(scaleUps) + changeIn(scaleDowns)
}
