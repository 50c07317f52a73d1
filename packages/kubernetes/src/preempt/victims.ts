/**
 * Finds the victims on one node: pods whose eviction makes room for a pod of higher priority, the
 * preemptor.
 *
 * 1. It evicts all pods of lower priority. If the preemptor still does not fit, evictions do not
 *    help on this node.
 * 2. It puts each evicted pod back unless the preemptor would no longer fit: first pods whose
 *    eviction violates a disruption budget, then the others, each group by importance.
 * 3. The pods that were not put back are the victims.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import { bind, getOrThrow, evict, trial, type Draft, type NodeId } from '@stowage/kernel'
import type { Budget } from './budget.js'
import { splitByBudgets } from './budget.js'
import { byImportance, type PlacedPod } from './importance.js'

/** The victims on a node, the most important first, and how many of them violate a budget. */
export interface Victims {
  readonly node: NodeId
  readonly pods: readonly PlacedPod[]
  readonly violations: number
}

/** The pod that needs room. */
export interface Preemptor {
  readonly priority: number
  /** Whether no filter refuses the pod on the node in the current draft. */
  readonly fits: (node: NodeId) => boolean
}

/**
 * The victims on a node; `undefined` when no pod there has lower priority, or when the pod does not
 * fit without them.
 */
export const victimsOn = (
  draft: Draft,
  preemptor: Preemptor,
  node: NodeId,
  there: readonly PlacedPod[],
  budgets: readonly Budget[],
): Victims | undefined => {
  const potential = there.filter(({ priority }) => priority < preemptor.priority).sort(byImportance)
  if (potential.length === 0) return undefined
  return trial(draft, (inner) => [false, leastVictims(inner, preemptor, node, potential, budgets)])
}

const leastVictims = (
  draft: Draft,
  { fits }: Preemptor,
  node: NodeId,
  potential: readonly PlacedPod[],
  budgets: readonly Budget[],
): Victims | undefined => {
  for (const { replica } of potential) getOrThrow(evict(draft, replica))
  if (!fits(node)) return undefined
  const [violating, others] = splitByBudgets(potential, budgets)
  const stays = (pod: PlacedPod): boolean => {
    const back = getOrThrow(bind(draft, pod.class, node, pod.phase))
    if (fits(node)) return true
    getOrThrow(evict(draft, back))
    return false
  }
  const gone = violating.filter((pod) => !stays(pod))
  const alsoGone = others.filter((pod) => !stays(pod))
  return { node, pods: [...gone, ...alsoGone].sort(byImportance), violations: gone.length }
}
