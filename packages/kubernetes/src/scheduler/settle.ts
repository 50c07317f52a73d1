/**
 * Changes which pods are on nodes in a session (the scheduler's mutable state). It binds a pod to
 * its node and reserves its volumes and devices, or removes a pod that is gone.
 */
import { bind, getOrThrow, evict, type NodeId, type ReplicaId } from '@stowage/kernel'
import type { LoweredPod } from './lowered.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { deviceReservation } from '../device/reserve.js'
import { reservationOf } from '../volume/reserve.js'
import { applyReservation, type Reservation } from './reservation.js'
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

/**
 * Reserves the volumes and the devices of a pod that was given the node, so that later pods see
 * them as taken.
 */
export const reserve = (session: Session, pod: PodLike, node: NodeId): void => {
  const { draft, around } = session
  const volumes = reservationOf(draft, pod, node, around)
  const devices = deviceReservation(draft, pod, node, around.devices)
  if (volumes !== undefined || devices !== undefined)
    note(session, { _tag: 'Reserved', volumes, devices })
}

const note = (session: Session, reservation: Reservation): void => {
  const around = applyReservation(session.around, reservation)
  if (around === session.around) return
  session.around = around
  session.reservations.push(reservation)
}

/**
 * Removes a pod that is gone from its node. Its claims stay bound to their volumes; its devices are
 * free.
 */
export const takeOff = (session: Session, name: string): void => {
  const { draft, placed, nominated } = session
  nominated.delete(name)
  const pod = session.pods.get(name)
  if (pod?.named !== undefined)
    note(session, {
      _tag: 'Released',
      pod: { namespace: pod.namespace, name: pod.named.name },
    })
  for (const [replica, pod] of placed)
    if (pod.name === name) {
      getOrThrow(evict(draft, replica))
      placed.delete(replica)
    }
}
