/**
 * Which pods would have to go from one node so that another finds a place there: all of lower
 * priority are taken away, and then put back as long as the pod still fits, those whose budget
 * would be overdrawn first, and the more important before the less.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import { bind, getOrThrow, evict, trial, type Draft, type NodeId } from '@stowage/kernel'
import type { Budget } from './budget.js'
import { overdrawing } from './budget.js'
import { byImportance, type PlacedPod } from './importance.js'

/** The pods that would go, the most important first, and how many of them overdraw a budget. */
export interface Victims {
  readonly node: NodeId
  readonly pods: readonly PlacedPod[]
  readonly violations: number
}

export interface Preemptor {
  readonly priority: number
  /** Whether no filter refuses it on the node as the draft has it now. */
  readonly fits: (node: NodeId) => boolean
}

/**
 * Nothing, when nobody on the node is of lower priority, or when even without them the pod does not
 * fit.
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
  const [violating, others] = overdrawing(potential, budgets)
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
