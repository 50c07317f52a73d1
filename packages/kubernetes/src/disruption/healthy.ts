/**
 * Counts the pods that a PodDisruptionBudget counts as healthy: pods that are ready and not being
 * deleted. A pod whose eviction was allowed less than two minutes before counts as being deleted.
 *
 * Source: Kubernetes documentation, "Specifying a Disruption Budget for your Application" (healthy
 * pods), and the recorded answers of Kubernetes 1.37.
 */
import { later, type Instant } from '@stowage/kernel'

/** How long an eviction counts while its pod does not leave, in milliseconds. */
export const disruptionTimeout = 120_000

/** What a budget reads of a pod. */
export interface GuardedPod {
  readonly name: string
  readonly isReady: boolean
  readonly isLeaving: boolean
}

/**
 * How many of the pods are healthy. `disrupted` are the evictions that were allowed, by the names
 * of the pods: such a pod counts as gone until the timeout, and as healthy again after it.
 */
export const healthyCount = (
  pods: readonly GuardedPod[],
  disrupted: ReadonlyMap<string, Instant>,
  now: Instant,
): number =>
  pods.filter(({ name, isReady, isLeaving }) => {
    const since = disrupted.get(name)
    const isDisrupted = since !== undefined && later(since, disruptionTimeout) > now
    return isReady && !isLeaving && !isDisrupted
  }).length
