/**
 * Converts `maxSurge` and `maxUnavailable` of a Deployment, such as `25%`, to numbers of pods.
 * Percentages of `maxSurge` are rounded up, those of `maxUnavailable` down. If both numbers are 0,
 * `maxUnavailable` becomes 1.
 *
 * Source: Kubernetes documentation, "Deployments" (max unavailable, max surge).
 */
import type { Portion, UpdateStrategy } from '../words/workload.js'

/** How many pods a rollout may have too many, and how many too few. */
export interface Fenceposts {
  readonly surge: number
  readonly unavailable: number
}

/** The fenceposts of a strategy for a Deployment of this size; a strategy names 25% by default. */
export const fencepostsOf = (
  rollingUpdate: NonNullable<UpdateStrategy['rollingUpdate']> = {},
  replicas: number,
): Fenceposts => {
  const surge = portionOf(rollingUpdate.maxSurge ?? '25%', replicas, Math.ceil)
  const unavailable = portionOf(rollingUpdate.maxUnavailable ?? '25%', replicas, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/** The number of pods of a portion, whose share is rounded. */
export const portionOf = (
  portion: Portion,
  all: number,
  round: (count: number) => number,
): number =>
  typeof portion === 'number' ? portion : round((Number(portion.slice(0, -1)) * all) / 100)
