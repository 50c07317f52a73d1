/**
 * Marks pods that the scheduler preempts with the condition `DisruptionTarget`, by which Jobs and
 * the scheduler know them while they leave.
 *
 * Source: Kubernetes documentation, "Disruptions" (pod disruption conditions).
 */
import type { FailedPod } from '../job/failure-policy.js'

const reason = 'PreemptionByScheduler'

/** Why a pod is told to stop that makes room for a pod of this owner. */
export const preemptionReason = (owner: string): string => `preempted by ${owner}`

/** How a pod ended, with the condition. */
export const preemptedOutcome = (outcome: FailedPod | undefined, message: string): FailedPod => {
  const { containers = [], conditions = [] } = outcome ?? {}
  const others = conditions.filter((one) => one.reason !== reason)
  const target = { type: 'DisruptionTarget', status: 'True', reason, message }
  return { containers, conditions: [...others, target] }
}

/** Whether the outcome of a pod has the condition. */
export const isPreemptedOutcome = (outcome: FailedPod | undefined): boolean =>
  outcome?.conditions.some((one) => one.reason === reason) === true
