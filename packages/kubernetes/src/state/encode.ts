/**
 * Encodes a scheduler's state as plain data, from which `decodeScheduler` restores it.
 * `docs/decisions/0015-a-scheduler-as-a-value.md` says what is encoded and why.
 */
import { encode } from '@stowage/kernel'
import { encodeDevices } from './encoded-devices.js'
import { encodingFormat, type EncodedScheduler } from './encoded.js'
import type { Reservation } from '../scheduler/reservation.js'
import type { SchedulerState } from './state.js'

/**
 * Encodes everything on which a later answer depends. `decodeScheduler` recomputes what follows
 * from the objects. The objects' values are shared, not copied.
 *
 * `cluster` is a `Uint8Array`, so the result survives `structuredClone` but not JSON. For JSON,
 * write the bytes as text, such as base64, and restore the `Uint8Array` before decoding.
 */
export const encodeScheduler = (state: SchedulerState): EncodedScheduler => {
  const { at, cluster, queue, searchStart, world } = state
  const { configuration, objects, sampled, tie } = world
  return {
    format: encodingFormat,
    at,
    cluster: encode(cluster),
    objects: objects.map(({ from, at: path, raw }) => ({ from, at: path, value: raw })),
    configuration: configuration?.document,
    sampled,
    tie,
    placed: [...state.placed].map(([replica, { name, isPreempted }]) => ({
      ...{ replica, pod: name, isPreempted },
    })),
    reservations: state.reservations.map(encodeReservation),
    nominations: [...state.nominations].map(([pod, node]) => ({ pod, node })),
    searchStart,
    queue,
  }
}

const encodeReservation = (reservation: Reservation): EncodedScheduler['reservations'][number] => {
  if (reservation._tag === 'Released')
    return { volumes: [], claims: [], devices: undefined, released: reservation.pod }
  const { volumes, devices } = reservation
  return {
    volumes: (volumes?.volumes ?? []).map(([volume, claim]) => ({ volume, claim })),
    claims: (volumes?.claims ?? []).map(([claim, node]) => ({ claim, node })),
    devices: devices && encodeDevices(devices),
    released: undefined,
  }
}
