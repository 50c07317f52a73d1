/**
 * Changes which pods are on nodes in a session: binds a pod to its node, reserves its volumes so
 * that later pods see them as taken, and removes a pod that is gone.
 */
import { bind, getOrThrow, evict, type NodeId, type ReplicaId } from '@stowage/kernel'
import type { LoweredPod } from './lowered.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { reservationOf, withReservation } from '../volume/reserve.js'
import type { Session } from './session.js'

/** Binds the pod to the node, as running; as leaving when it has a deletionTimestamp. */
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

/** Reserves the volumes of a pod that was given the node, so that later pods see them as taken. */
export const reserve = (session: Session, pod: PodLike, node: NodeId): void => {
  const reservation = reservationOf(session.draft, pod, node, session.around)
  if (reservation === undefined) return
  session.around = withReservation(session.around, reservation)
  session.reservations.push(reservation)
}

/** Removes a pod that is gone from its node. Its claims stay bound to their volumes. */
export const takeOff = ({ draft, placed, nominated }: Session, name: string): void => {
  nominated.delete(name)
  for (const [replica, pod] of placed)
    if (pod.name === name) {
      getOrThrow(evict(draft, replica))
      placed.delete(replica)
    }
}
