/**
 * Chooses the volume for a claim on a node: the volume that is reserved for the claim, otherwise
 * the smallest available one that fits. Among volumes of equal size kube-scheduler takes any, and
 * this code takes the first by name.
 *
 * Source: Kubernetes documentation, "Persistent Volumes" (binding, reserving a PersistentVolume,
 * access modes, volume mode, class, selector).
 */
import { selects } from '../words/label-selector.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { zero } from '../words/quantity.js'
import { classNameOf, claimSize, volumeSize } from '../surroundings/storage.js'

/**
 * The volumes for the claim, the best first: a node gets the first that it reaches. Only the one
 * that is reserved for the claim when there is one.
 */
export const matchesFor = (
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
): readonly PersistentVolume[] => {
  const usable = volumes.filter((volume) => isUsable(volume, claim))
  const reserved = usable.find((volume) => isReservedFor(volume, claim))
  if (reserved !== undefined) return [reserved]
  return usable
    .filter((volume) => isFree(volume, claim))
    .map((volume) => [volumeSize(volume), volume] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, volume]) => volume)
}

/** What every volume must satisfy, also one that is reserved for the claim. */
export const isUsable = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (volume.spec.claimRef === undefined || isReservedFor(volume, claim)) &&
  volumeSize(volume) >= (claimSize(claim.spec) ?? zero) &&
  (volume.spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem') &&
  (volume.spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
  volume.metadata.deletionTimestamp === undefined

/**
 * Whether the volume's claimRef names the claim. No volume is reserved for a claim without a name.
 */
export const isReservedFor = (
  { spec: { claimRef } }: PersistentVolume,
  { metadata: { name, namespace, uid } }: PersistentVolumeClaim,
): boolean =>
  claimRef !== undefined &&
  name !== '' &&
  claimRef.name === name &&
  (claimRef.namespace ?? 'default') === (namespace ?? 'default') &&
  ((claimRef.uid ?? '') === '' || claimRef.uid === uid)

/** Whether an unreserved volume is available and has what the claim asks. */
export const isFree = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  volume.status?.phase === 'Available' &&
  (claim.spec.selector === undefined || selects(claim.spec.selector, volume.metadata.labels)) &&
  classNameOf(volume) === classNameOf(claim) &&
  claim.spec.accessModes.every((mode) => volume.spec.accessModes.includes(mode))
