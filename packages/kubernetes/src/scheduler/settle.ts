/** Pods on nodes: puts a lowered pod on its node, and takes a pod off it. */
import { bind, getOrThrow, stop, type NodeId, type ReplicaId } from '@stowage/kernel'
import type { LoweredPod } from './lowered.js'
import type { Session } from './session.js'

/**
 * Puts the pod on the node, as one that runs there, or, where it was told to go already, as one
 * that leaves.
 */
export const settle = (
  { draft, placed }: Session,
  { pod, spec, class: classId }: LoweredPod,
  node: NodeId,
): ReplicaId => {
  const phase = pod.metadata.deletionTimestamp === undefined ? 'running' : 'leaving'
  const replica = getOrThrow(bind(draft, classId, node, phase))
  const { name, namespace, labels, startTime, isPreempted } = pod
  const known = { name, namespace, labels, startTime, isPreempted, priority: spec.priority }
  placed.set(replica, { ...known, class: classId, replica, phase })
  return replica
}

/** Takes a pod off its node: one that is gone. Its claims stay bound to their volumes. */
export const removePod = ({ draft, placed, nominated }: Session, name: string): void => {
  nominated.delete(name)
  for (const [replica, pod] of placed)
    if (pod.name === name) {
      getOrThrow(stop(draft, replica))
      placed.delete(replica)
    }
}
