/**
 * Lists the volumes that a pod attaches to its node, each with its CSI driver. A driver limits how
 * many different volumes a node can hold.
 *
 * Source: Kubernetes documentation, "Node-specific Volume Limits".
 */
import type { PodLike } from './pod-like.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { claimsOf } from './claim.js'
import { driverOf, migratedDisks, type MigratedDisk } from './migrated.js'
import { classNameOf, volumeNameOf, type Storage } from './storage.js'

/** A volume as its CSI driver identifies it. */
export interface DriverVolume {
  readonly driver: string
  /** Equal for pods that share the volume; `undefined` when each pod has a volume of its own. */
  readonly handle: string | undefined
}

/** A volume that is attached to a node. */
export interface AttachedVolume extends DriverVolume {
  /** True for a disk of an in-tree plugin. It counts only on a node that lists its CSI drivers. */
  readonly isMigrated: boolean
}

/** The volumes that a pod attaches, without duplicates. */
export const attachedBy = (pod: PodLike, storage: Storage): readonly AttachedVolume[] => {
  const all = [
    ...claimsOf(pod, storage).flatMap(({ key, claim }) =>
      claim === undefined ? [] : ofClaim(key, claim, storage),
    ),
    ...pod.spec.volumes.flatMap((volume) => asMigrated(migratedDisks(volume))),
  ]
  const own = all.filter(({ handle }) => handle === undefined)
  const named = all.filter(({ handle }) => handle !== undefined)
  return [...new Map(named.map((one) => [volumeText(one), one])).values(), ...own]
}

/** Equal for equal volumes. */
export const volumeText = ({ driver, handle }: DriverVolume): string =>
  JSON.stringify([driver, handle])

/**
 * A volume that does not exist yet is identified by its claim, and its driver by the storage class.
 */
const ofClaim = (
  key: string,
  claim: PersistentVolumeClaim,
  storage: Storage,
): readonly AttachedVolume[] => {
  const volume = storage.volumes.get(volumeNameOf(claim))
  if (volume !== undefined) return key === '' ? ofVolume(volume).map(asOwn) : ofVolume(volume)
  const known = storage.classes.get(classNameOf(claim))
  const made = known && driverOf(known.provisioner)
  return made === undefined ? [] : [{ ...made, handle: key === '' ? undefined : claimHandle(key) }]
}

/** The handle of a volume that is to be made for a claim. */
export const claimHandle = (claim: string): string => `claim ${claim}`

/** As the volume of one pod: each pod of a template gets a volume of its own. */
const asOwn = (volume: AttachedVolume): AttachedVolume => ({ ...volume, handle: undefined })

const ofVolume = ({ metadata, spec }: PersistentVolume): readonly AttachedVolume[] => {
  const { csi } = spec
  if (csi === undefined) return asMigrated(migratedDisks(spec, metadata.labels))
  const { driver, volumeHandle: handle } = csi
  return driver === '' || (handle ?? '') === '' ? [] : [{ driver, handle, isMigrated: false }]
}

const asMigrated = (disks: readonly MigratedDisk[]): readonly AttachedVolume[] =>
  disks.map((disk) => ({ ...disk, isMigrated: true }))
