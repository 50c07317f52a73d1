/**
 * Whether a pod may make others go, and whose nominations it voids by doing so.
 *
 * Source: Kubernetes documentation, "Pod Priority and Preemption" (non-preempting priority class, nominatedNodeName).
 */
import { replicasOn } from '@stowage/kernel'
import { nominatedNode, type Judged } from './judged.js'
import { priorityOf } from './nominated.js'
import { profileFor, type Session } from './session.js'

/** Not if its profile or itself says that it never does, nor while a victim of lower priority is still leaving the node that it is nominated to. */
export const mayPreempt = (session: Session, { pod, found }: Judged): boolean => {
  const { postFilters } = profileFor(session, pod)
  if (pod.spec.preemptionPolicy === 'Never' || !postFilters.includes('DefaultPreemption'))
    return false
  const nominated = nominatedNode(session, pod)
  const status = found.nodes.find(({ node }) => node === nominated)?.first
  if (nominated === undefined || status?.removable !== true) return true
  return !replicasOn(session.draft, nominated).some(({ id }) => {
    const there = session.placed.get(id)
    return there?.isPreempted === true && there.priority < priorityOf(pod)
  })
}
