/**
 * Records the volumes and devices of a placed pod as reserved, so that the rules of later pods see
 * them as taken. When a pod is gone, its devices are free again.
 */
import { withDeviceReservation, type DeviceReservation } from '../device/reserve.js'
import { releasedBy } from '../surroundings/devices.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { withReservation, type VolumeReservation } from '../volume/reserve.js'

/** What one pod reserved when it was placed, or that a pod is gone and its devices are free. */
export type Reservation =
  | {
      readonly _tag: 'Reserved'
      readonly volumes: VolumeReservation | undefined
      readonly devices: DeviceReservation | undefined
    }
  | {
      readonly _tag: 'Released'
      readonly pod: { readonly namespace: string; readonly name: string }
    }

/** The surroundings for later pods. */
export const applyReservation = (around: Surroundings, reservation: Reservation): Surroundings => {
  if (reservation._tag === 'Released') {
    const { namespace, name } = reservation.pod
    const devices = releasedBy(around.devices, namespace, name)
    return devices === around.devices ? around : { ...around, devices }
  }
  const { volumes, devices } = reservation
  const bound = volumes === undefined ? around : withReservation(around, volumes)
  if (devices === undefined) return bound
  const taken = withDeviceReservation(bound.devices, devices)
  return taken === bound.devices ? bound : { ...bound, devices: taken }
}
