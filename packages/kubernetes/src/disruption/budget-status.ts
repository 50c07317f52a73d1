/**
 * Computes the status of a PodDisruptionBudget: how many of its pods are expected, how many must
 * stay healthy, and how many more may be evicted. Percentages of minAvailable and of maxUnavailable
 * are rounded up.
 *
 * Source: Kubernetes documentation, "Specifying a Disruption Budget for your Application", and what
 * the control plane of Kubernetes 1.37 answers.
 */
import type { Instant } from '@stowage/kernel'
import type { LabelSelector } from '../words/label-selector.js'
import type { Portion } from '../words/workload.js'
import { portionOf } from '../workload/fenceposts.js'
import { healthyCount, type GuardedPod } from './healthy.js'

/** A budget. */
export interface DisruptionBudget {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  /** An empty selector selects all pods of the namespace, a missing one selects none. */
  readonly selector: LabelSelector | undefined
  readonly minAvailable: Portion | undefined
  readonly maxUnavailable: Portion | undefined
  /** Whether pods that are not ready may always go. */
  readonly isUnhealthyFree: boolean
  /** Evictions that were allowed, by the names of pods without their namespace. */
  readonly disrupted: ReadonlyMap<string, Instant>
}

/** A pod that a budget selects, with the size of its controller. */
export interface BudgetPod extends GuardedPod {
  /**
   * The controller and how many pods it is to have. `undefined` for a pod without one;
   * `unscalable` for one whose kind has no size, such as a Job or a DaemonSet.
   */
  readonly controller:
    | { readonly title: string; readonly replicas: number }
    | 'unscalable'
    | undefined
}

/** The status of a budget. */
export interface BudgetStatus {
  readonly expected: number
  readonly desiredHealthy: number
  readonly healthy: number
  readonly allowed: number
  /** Why nothing is allowed although pods may be healthy: the status could not be computed. */
  readonly failure?: string
}

/** The status over the pods that the budget selects. */
export const budgetStatus = (
  { minAvailable, maxUnavailable, disrupted }: DisruptionBudget,
  pods: readonly BudgetPod[],
  now: Instant,
): BudgetStatus => {
  const healthy = healthyCount(pods, disrupted, now)
  const isCounted = maxUnavailable === undefined && typeof minAvailable !== 'string'
  const unscalable = pods.find(({ controller }) => controller === 'unscalable')
  if (!isCounted && unscalable !== undefined) {
    const failure = `the controller of ${unscalable.name} has no scale, which a share and maxUnavailable need`
    return { ...{ expected: 0, desiredHealthy: 0, healthy, allowed: 0 }, failure }
  }
  const expected = isCounted ? pods.length : expectedPods(pods)
  const desiredHealthy =
    maxUnavailable === undefined
      ? portionOf(minAvailable ?? 0, expected, Math.ceil)
      : Math.max(0, expected - portionOf(maxUnavailable, expected, Math.ceil))
  const left =
    minAvailable === undefined && maxUnavailable === undefined ? 0 : healthy - desiredHealthy
  return { expected, desiredHealthy, healthy, allowed: expected <= 0 ? 0 : Math.max(0, left) }
}

/** The sum of the sizes of all controllers; a pod without one is not expected. */
const expectedPods = (pods: readonly BudgetPod[]): number => {
  const sizes = new Map<string, number>()
  for (const { controller } of pods)
    if (controller !== undefined && controller !== 'unscalable')
      sizes.set(controller.title, controller.replicas)
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
