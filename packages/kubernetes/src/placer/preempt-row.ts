/**
 * Preempts pods of lower priority for one pod that found no node: chooses the node and its victims
 * as kube-scheduler does, marks the victims as leaving, and keeps the node for the pod.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption".
 */
import { explain, getOrThrow, nodeIds, replicasOn, setPhase, type NodeId } from '@stowage/kernel'
import { isPreemptedOutcome, preemptionReason } from '../memory/preempted.js'
import type { PlacedPod } from '../preempt/importance.js'
import { bestCandidates } from '../preempt/nominate.js'
import { victimsOn, type Victims } from '../preempt/victims.js'
import { isEarlyRefusal } from '../scheduler/attempt.js'
import { preempts } from '../scheduler/eligible.js'
import { refusalsOn } from '../scheduler/nomination.js'
import { amongGuests, dropNomination, type PlacerPass, type PlacerRow } from './placer-pass.js'

/**
 * Whether a node is kept for the pod now. The node `own` that was kept for it stays kept while its
 * victims leave; otherwise the pod loses it, or gets another.
 */
export const preempt = (pass: PlacerPass, row: PlacerRow, own: NodeId | undefined): boolean => {
  if (!isPreemptionDue(pass, row, own)) return false
  if (own !== undefined) dropNomination(row, own)
  const [best] = bestCandidates(candidatesFor(pass, row))
  if (best === undefined) return false
  const because = preemptionReason(row.request.owner.name)
  for (const { replica, phase } of best.pods) {
    if (phase === 'leaving') continue
    getOrThrow(setPhase(pass.draft, replica, 'leaving'))
    pass.preempted.add(replica)
    row.victims.push({ replica, because })
  }
  for (const other of pass.rows)
    if (other.spec.priority < row.spec.priority)
      while (other.nominations.includes(best.node)) dropNomination(other, best.node)
  row.nominations.push(best.node)
  return true
}

/**
 * False when the pod's profile or its preemptionPolicy forbids it, and while a pod that was
 * preempted leaves the node that is kept for it.
 */
const isPreemptionDue = (pass: PlacerPass, row: PlacerRow, own: NodeId | undefined): boolean => {
  const { pod, spec } = row
  if (pod === undefined || pod.spec.preemptionPolicy === 'Never' || !preempts(pass, pod))
    return false
  if (own === undefined) return true
  const [first] = refusalsOn(pass, amongGuests(pass, row, own), own)
  if (first?.removable !== true) return true
  return !podsOn(pass, own).some(
    ({ priority, phase, isPreempted }) =>
      isPreempted && phase === 'leaving' && priority < spec.priority,
  )
}

/** The nodes where evicting pods of lower priority would make room, with these pods. */
const candidatesFor = (pass: PlacerPass, row: PlacerRow): readonly Victims[] => {
  const { draft } = pass
  const { request, spec } = row
  if (spec.filters.some(isEarlyRefusal)) return []
  const nodes = (request.only ?? nodeIds(draft)).filter((node) =>
    podsOn(pass, node).some(({ priority }) => priority < spec.priority),
  )
  if (nodes.length === 0) return []
  const among = amongGuests(pass, row, undefined)
  const budgets = pass.budgets()
  const fits = (node: NodeId): boolean => refusalsOn(pass, among, node).length === 0
  return explain(draft, { class: request.class, only: nodes }).nodes.flatMap(({ node, first }) => {
    const refusal = among.guests.has(node) ? refusalsOn(pass, among, node)[0] : first
    if (refusal?.removable !== true) return []
    const { priority } = spec
    return victimsOn(draft, { priority, fits }, node, podsOn(pass, node), budgets) ?? []
  })
}

/** The pods of the controllers on a node. */
const podsOn = (pass: PlacerPass, node: NodeId): readonly PlacedPod[] => {
  const { draft, memory, preempted, priorityOf } = pass
  return replicasOn(draft, node).flatMap(({ id, class: classId, phase }): readonly PlacedPod[] => {
    const pod = memory.pods.get(id)
    if (pod === undefined) return []
    const { name, namespace, labels, outcome } = pod
    return [
      {
        ...{ name, namespace, labels, class: classId, replica: id, phase },
        priority: priorityOf(classId),
        startTime: startText(pod.startedAt ?? pod.created),
        isPreempted: preempted.has(id) || isPreemptedOutcome(outcome),
      },
    ]
  })
}

/** Texts in the order of the seconds. */
const startText = (at: number): string => String(Math.floor(at / 1000)).padStart(16, '0')
