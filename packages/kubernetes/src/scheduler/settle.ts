/** Pods on nodes: puts a lowered pod on its node, reserves its volumes, and takes a pod off. */
import { bind, getOrThrow, evict, type NodeId, type ReplicaId } from '@stowage/kernel'
import type { LoweredPod } from './lowered.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { reservationOf, withReservation } from '../volume/reserve.js'
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

/** Reserves the volumes of a pod that got the node: they are around all pods after it. */
export const reserve = (session: Session, pod: PodLike, node: NodeId): void => {
  const reservation = reservationOf(session.draft, pod, node, session.around)
  if (reservation === undefined) return
  session.around = withReservation(session.around, reservation)
  session.reservations.push(reservation)
}

/** Takes a pod that is gone off its node. Its claims stay bound to their volumes. */
export const takeOff = ({ draft, placed, nominated }: Session, name: string): void => {
  nominated.delete(name)
  for (const [replica, pod] of placed)
    if (pod.name === name) {
      getOrThrow(evict(draft, replica))
      placed.delete(replica)
    }
}
