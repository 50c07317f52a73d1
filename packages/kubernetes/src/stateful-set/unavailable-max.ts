/**
 * Computes how many pods of a StatefulSet its rolling update may make unavailable at a time:
 * `maxUnavailable`, rounded down if it is a percentage, and at least 1.
 *
 * Source: Kubernetes documentation, "StatefulSets" (maximum unavailable pods), and the recorded
 * answers of Kubernetes 1.37.
 */
import { portionOf } from '../workload/fenceposts.js'
import type { Portion } from '../words/workload.js'

/** A share of the replicas is rounded down; it is always at least 1, which is the default. */
export const statefulUnavailableMax = (portion: Portion | undefined, replicas: number): number =>
  Math.max(1, portionOf(portion ?? 1, replicas, Math.floor))
