/**
 * Classifies the pods of a node that the Cluster Autoscaler wants to remove: pods to move, pods of
 * DaemonSets, and pods that must end first. If one pod blocks the removal, the node stays. Also
 * decides whether PodDisruptionBudgets let the pods go all at once, one by one, or not at all.
 */
import {
  podRemoval,
  type BlockingReason,
  type PodRemoval,
  type RemovalWorld,
} from './pod-removal.js'
import { isDaemon } from './pod-state.js'
import type { AutoscaledPod } from './words.js'
import { isCovered } from '../disruption/guards.js'
import type { PodDisruptionBudget } from '../words/preemption.js'

/** The pods of a node that goes, or the first pod that keeps it. */
export type NodeDrain =
  | {
      readonly isBlocked: false
      readonly move: readonly AutoscaledPod[]
      readonly daemons: readonly AutoscaledPod[]
      readonly onCompletion: readonly AutoscaledPod[]
    }
  | { readonly isBlocked: true; readonly pod: AutoscaledPod; readonly reason: BlockingReason }

/** What becomes of the node's pods, in their order. */
export const nodeDrain = (pods: readonly AutoscaledPod[], world: RemovalWorld): NodeDrain => {
  const removals = pods.map((pod) => ({ pod, removal: podRemoval(pod, world) }))
  for (const { pod, removal } of removals)
    if (removal.outcome === 'block') return { isBlocked: true, pod, reason: removal.reason }
  const podsThat = (outcome: PodRemoval['outcome']): readonly AutoscaledPod[] =>
    removals.flatMap(({ pod, removal }) => (removal.outcome === outcome ? [pod] : []))
  const moving = podsThat('move')
  return {
    isBlocked: false,
    move: moving.filter((pod) => !isDaemon(pod)),
    daemons: moving.filter(isDaemon),
    onCompletion: podsThat('wait'),
  }
}

/** Whether budgets let the pods go, and all at a time; `pod` is one that they hold back. */
export interface BudgetVerdict {
  readonly canRemove: boolean
  readonly inParallel: boolean
  readonly pod?: AutoscaledPod
}

/** What the budgets say of removing all of these pods: at 0 none may go, else one by one. */
export const budgetVerdict = (
  pods: readonly AutoscaledPod[],
  pdbs: readonly PodDisruptionBudget[],
): BudgetVerdict => {
  let serial: AutoscaledPod | undefined
  for (const budget of pdbs) {
    const allowed = budget.status?.disruptionsAllowed ?? 0
    const covered = pods.filter((pod) => isCovered(budget, pod))
    const [first] = covered
    if (first !== undefined && allowed < 1)
      return { canRemove: false, inParallel: false, pod: first }
    if (covered.length > allowed) serial = covered.at(-1)
  }
  return serial === undefined
    ? { canRemove: true, inParallel: true }
    : { canRemove: true, inParallel: false, pod: serial }
}
