/**
 * The volume that a claim would be bound to on a node: one that was set aside for it, or else the
 * smallest that is free and fits. Of volumes that fit and are alike in size upstream takes any, and
 * this the first by name.
 *
 * Source: Kubernetes documentation, "Persistent Volumes" (binding, reserving a PersistentVolume,
 * access modes, volume mode, class, selector).
 */
import { selects } from '../words/label-selector.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { zero } from '../words/quantity.js'
import { classNameOf, sizeAsked, sizeOf } from '../surroundings/storage.js'

/** `isWithin`: whether the volume can be reached from the node. */
export const matchFor = (
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  isWithin: (volume: PersistentVolume) => boolean,
): PersistentVolume | undefined => {
  const usable = volumes.filter((volume) => isUsable(volume, claim))
  const reserved = usable.find((volume) => isReservedFor(volume, claim))
  if (reserved !== undefined) return isWithin(reserved) ? reserved : undefined
  return usable
    .filter((volume) => isFree(volume, claim) && isWithin(volume))
    .reduce<
      PersistentVolume | undefined
    >((least, volume) => (least === undefined || sizeOf(volume) < sizeOf(least) ? volume : least), undefined)
}

/** What even a volume that is set aside for the claim must be. */
const isUsable = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (volume.spec.claimRef === undefined || isReservedFor(volume, claim)) &&
  sizeOf(volume) >= (sizeAsked(claim.spec) ?? zero) &&
  (volume.spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
  (volume.spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
  volume.metadata.deletionTimestamp === undefined

/** A claim that has no name yet has nothing set aside for it. */
const isReservedFor = (
  { spec: { claimRef } }: PersistentVolume,
  { metadata: { name, namespace, uid } }: PersistentVolumeClaim,
): boolean =>
  claimRef !== undefined &&
  name !== '' &&
  claimRef.name === name &&
  (claimRef.namespace ?? 'default') === (namespace ?? 'default') &&
  ((claimRef.uid ?? '') === '' || claimRef.uid === uid)

const isFree = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  volume.status?.phase === 'Available' &&
  (claim.spec.selector === undefined || selects(claim.spec.selector, volume.metadata.labels)) &&
  classNameOf(volume) === classNameOf(claim) &&
  claim.spec.accessModes.every((mode) => volume.spec.accessModes.includes(mode))
