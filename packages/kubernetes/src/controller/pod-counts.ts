/**
 * Defines the pod counts in the status of a workload: how many pods exist, are ready, are available
 * and so on.
 */

/** The pods of one object. Pods that leave count nowhere but in `leaving`. */
export interface PodCounts {
  readonly desired: number
  /** All pods, those that wait for a node among them. */
  readonly replicas: number
  readonly ready: number
  readonly available: number
  /** Those without a node. */
  readonly waiting: number
  readonly leaving: number
}
