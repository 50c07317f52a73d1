/**
 * Decides whether a pod may preempt, that is, evict pods of lower priority.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (non-preempting priority class,
 * nominatedNodeName).
 */
import { replicasOn } from '@stowage/kernel'
import { nominatedNode, type JudgedPod } from './judge.js'
import { priorityOf } from './nomination.js'
import { profileOf, type KnownPod, type Session } from './session.js'

/** Whether the pod's profile enables preemption; false for a pod of another scheduler. */
export const preempts = (session: Pick<Session, 'profiles'>, pod: KnownPod): boolean =>
  profileOf(session, pod)?.postFilters.includes('DefaultPreemption') === true

/**
 * False when the pod's profile or its preemptionPolicy forbids preemption, and while a preempted
 * pod of lower priority still leaves the node to which the pod is nominated.
 */
export const mayPreempt = (session: Session, { lowered: { pod }, found }: JudgedPod): boolean => {
  if (pod.spec.preemptionPolicy === 'Never' || !preempts(session, pod)) return false
  const nominated = nominatedNode(session, pod)
  const status = found.nodes.find(({ node }) => node === nominated)?.first
  if (nominated === undefined || status?.removable !== true) return true
  return !replicasOn(session.draft, nominated).some(({ id }) => {
    const there = session.placed.get(id)
    return there?.isPreempted === true && there.priority < priorityOf(pod)
  })
}
