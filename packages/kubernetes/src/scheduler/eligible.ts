/**
 * Whether a pod may make others go, and whose nominations it voids by doing so.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (non-preempting priority class,
 * nominatedNodeName).
 */
import { replicasOn } from '@stowage/kernel'
import { nominatedNode, type JudgedPod } from './judge.js'
import { priorityOf } from './nomination.js'
import { profileOf, type KnownPod, type Session } from './session.js'

/**
 * Whether the pod's profile preempts at all: nobody does for a pod that another scheduler is to
 * place.
 */
export const preempts = (session: Session, pod: KnownPod): boolean =>
  profileOf(session, pod)?.postFilters.includes('DefaultPreemption') === true

/**
 * Not if its profile or itself says that it never does, nor while a victim of lower priority is
 * still leaving the node that it is nominated to.
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
