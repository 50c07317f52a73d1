/**
 * Decides what the eviction API answers for a pod:
 * 1. A pod that is pending, has ended or is being deleted is evicted without looking at budgets.
 * 2. If two budgets select the pod, the answer is an error, whatever they allow.
 * 3. An unready pod is evicted if its budget always allows that, or if enough other pods are
 *    healthy; the budget is not charged.
 * 4. Any other pod is evicted if its budget allows a disruption, and charged to the budget;
 *    otherwise it has to wait.
 *
 * Source: Kubernetes documentation, "API-initiated Eviction" and "Specifying a Disruption Budget
 * for your Application" (unhealthy pod eviction policy), and the recorded answers of Kubernetes
 * 1.37.
 */
import type { BudgetStatus, DisruptionBudget } from './budget-status.js'

/** A pod that is to be evicted. */
export interface EvictedPod {
  readonly isReady: boolean
  /** Whether it is pending, has ended or leaves already. */
  readonly isIdle: boolean
}

/** The answer: 201, 429 or 500. */
export type EvictionAnswer =
  /** `budget` is the one that has one disruption less to allow now. */
  | { readonly _tag: 'Evicted'; readonly budget?: DisruptionBudget }
  | {
      readonly _tag: 'TooManyRequests'
      readonly budget: DisruptionBudget
      readonly status: BudgetStatus
    }
  | { readonly _tag: 'TwoBudgets'; readonly budgets: readonly DisruptionBudget[] }

/** `budgets` are those that select the pod. */
export const evictionAnswer = (
  pod: EvictedPod,
  budgets: readonly DisruptionBudget[],
  statusOf: (budget: DisruptionBudget) => BudgetStatus,
): EvictionAnswer => {
  const [budget, ...others] = budgets
  if (pod.isIdle || budget === undefined) return { _tag: 'Evicted' }
  if (others.length > 0) return { _tag: 'TwoBudgets', budgets }
  const status = statusOf(budget)
  const isEnough = status.healthy >= status.desiredHealthy && status.desiredHealthy > 0
  if (!pod.isReady && (budget.isUnhealthyFree || isEnough)) return { _tag: 'Evicted' }
  return status.allowed > 0
    ? { _tag: 'Evicted', budget }
    : { _tag: 'TooManyRequests', budget, status }
}
