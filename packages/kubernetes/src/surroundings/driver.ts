/**
 * The volumes that a pod has a node attach, by driver: a driver limits how many different ones a
 * node holds.
 *
 * Source: Kubernetes documentation, "Node-specific Volume Limits".
 */
import type { PodLike } from './pod-like.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { claimsOf } from './claim.js'
import { driverOf, migratedDisks, type MigratedDisk } from './migrated.js'
import { classNameOf, volumeNameOf, type Storage } from './storage.js'

/** A volume as its driver knows it. */
export interface DriverVolume {
  readonly driver: string
  /** The same for those who share the volume; nothing for one that each pod has for itself. */
  readonly handle: string | undefined
}

export interface Attached extends DriverVolume {
  /** Whether it is a migrated disk, which counts only where a node says what drivers it has. */
  readonly isMigrated: boolean
}

/** Each volume once, also where several of the pod's are the same. */
export const attachedBy = (pod: PodLike, storage: Storage): readonly Attached[] => {
  const all = [
    ...claimsOf(pod, storage).flatMap(({ key, claim }) =>
      claim === undefined ? [] : ofClaim(key, claim, storage),
    ),
    ...pod.spec.volumes.flatMap((volume) => asMigrated(migratedDisks(volume))),
  ]
  const own = all.filter(({ handle }) => handle === undefined)
  const named = all.filter(({ handle }) => handle !== undefined)
  return [...new Map(named.map((one) => [textOf(one), one])).values(), ...own]
}

export const textOf = ({ driver, handle }: DriverVolume): string => JSON.stringify([driver, handle])

/** A volume that is not there yet goes by its claim, and its driver by the class. */
const ofClaim = (
  key: string,
  claim: PersistentVolumeClaim,
  storage: Storage,
): readonly Attached[] => {
  const volume = storage.volumes.get(volumeNameOf(claim))
  if (volume !== undefined) return ofVolume(volume)
  const known = storage.classes.get(classNameOf(claim))
  const made = known && driverOf(known.provisioner)
  return made === undefined ? [] : [{ ...made, handle: key === '' ? undefined : `claim ${key}` }]
}

const ofVolume = ({ metadata, spec }: PersistentVolume): readonly Attached[] => {
  const { csi } = spec
  if (csi === undefined) return asMigrated(migratedDisks(spec, metadata.labels))
  const { driver, volumeHandle: handle } = csi
  return driver === '' || (handle ?? '') === '' ? [] : [{ driver, handle, isMigrated: false }]
}

const asMigrated = (disks: readonly MigratedDisk[]): readonly Attached[] =>
  disks.map((disk) => ({ ...disk, isMigrated: true }))
