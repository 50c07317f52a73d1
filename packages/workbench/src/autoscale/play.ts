/**
 * Defines what the simulations of a HorizontalPodAutoscaler and of an ECS service share: replicas
 * that start and become ready, the value of a metric at an instant, and the number of replicas over
 * time.
 */
import { instant, type Instant } from '@stowage/kernel'
import type { Durations } from '../rollout/durations.js'
import { replicasColumn, type MetricHistory, type MetricPoint } from './metric-history.js'

/** How a history is played. */
export interface PlayOptions {
  /**
   * `total`: values are of all replicas together, and each has its share. `average`: they are those
   * of one replica; a column `replicas` makes totals of them.
   */
  readonly values: 'average' | 'total'
  readonly durations: Pick<Durations, 'ready' | 'start'>
  /** With how many replicas it begins; by default as many as the documents say. */
  readonly count: number | undefined
}

/** A change of the count. */
export interface CountMoment {
  readonly at: Instant
  readonly from: number
  readonly to: number
  /** What the metrics wanted; absent when they were not looked at. */
  readonly proposal?: number
  readonly why: string
}

/** What the count would have been. */
export interface Play {
  readonly platform: 'ecs' | 'kubernetes'
  /** What scales, such as `HorizontalPodAutoscaler shop/web`. */
  readonly autoscaler: string
  /** What is scaled, such as `Deployment shop/web`. */
  readonly workload: string
  readonly min: number
  readonly max: number
  readonly start: Instant
  readonly end: Instant
  /** The count at the start. */
  readonly count: number
  readonly moments: readonly CountMoment[]
  readonly lowest: number
  readonly highest: number
  /** Over time. */
  readonly mean: number
  /** For how long more was wanted than the maximum, in milliseconds. */
  readonly maxedOut: number
  /** What was assumed or could not be evaluated. */
  readonly notes: readonly string[]
}

/** A replica, by when it was started. */
export interface PlayedReplica {
  readonly name: string
  readonly startedAt: Instant
}

/**
 * The replicas of a workload after a change of its count: the newest go first, so that each can be
 * called by its position.
 */
export const withCount = (
  replicas: readonly PlayedReplica[],
  count: number,
  now: Instant,
): readonly PlayedReplica[] =>
  count <= replicas.length
    ? replicas.slice(0, count)
    : [
        ...replicas,
        ...Array.from({ length: count - replicas.length }, (_, i) => ({
          name: `replica-${replicas.length + i}`,
          startedAt: now,
        })),
      ]

/** Replicas that have been there for a long time, also before a history that begins at 0. */
export const initialReplicas = (count: number): readonly PlayedReplica[] =>
  withCount([], count, instant(-1_000_000_000))

/** When the history of some metrics begins and ends. */
export const spanOf = (
  series: readonly (readonly MetricPoint[])[],
): { readonly start: Instant; readonly end: Instant } => ({
  start: series.map((points) => points[0]!.at).reduce((one, other) => (one < other ? one : other)),
  end: series
    .map((points) => points[points.length - 1]!.at)
    .reduce((one, other) => (one > other ? one : other)),
})

/** A function that finds the value at an instant; instants must not go back between calls. */
export const follow = (points: readonly MetricPoint[]): ((at: Instant) => number | undefined) => {
  let next = 0
  return (at) => {
    while (next < points.length && points[next]!.at <= at) next++
    return points[next - 1]?.value
  }
}

/**
 * Follows a metric as a total: averages are multiplied by the column `replicas` where there is one.
 * `isTotal` says whether the values are those of all replicas.
 */
export const followLoad = (
  history: MetricHistory,
  points: readonly MetricPoint[],
  values: PlayOptions['values'],
): { readonly isTotal: boolean; readonly valueAt: (at: Instant) => number | undefined } => {
  const counts = history.get(replicasColumn)
  const valueAt = follow(points)
  if (values === 'total' || counts === undefined) return { isTotal: values === 'total', valueAt }
  const countAt = follow(counts)
  return {
    isTotal: true,
    valueAt: (at) => {
      const [value, count] = [valueAt(at), countAt(at)]
      return value === undefined || count === undefined ? undefined : value * count
    },
  }
}

/** The lowest, the highest and the mean count over time. */
export const countRange = (
  { start, end, count }: Pick<Play, 'count' | 'end' | 'start'>,
  moments: readonly CountMoment[],
): Pick<Play, 'highest' | 'lowest' | 'mean'> => {
  const counts = [count, ...moments.map(({ to }) => to)]
  const times = [start, ...moments.map(({ at }) => at), end]
  const area = counts.reduce((sum, one, i) => sum + one * (times[i + 1]! - times[i]!), 0)
  return {
    lowest: counts.reduce((least, one) => Math.min(least, one)),
    highest: counts.reduce((most, one) => Math.max(most, one)),
    mean: end > start ? area / (end - start) : count,
  }
}

/** The count at an instant. */
export const countAt = ({ count, moments }: Pick<Play, 'count' | 'moments'>, at: number): number =>
  moments.reduce((found, moment) => (moment.at <= at ? moment.to : found), count)
