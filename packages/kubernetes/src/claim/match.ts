/**
 * Chooses the volume to which the persistent volume controller binds a claim before any pod is
 * scheduled. Of the volumes that fit, the first difference decides:
 * 1. the volume with fewer access modes;
 * 2. among volumes with the same modes, the volume that is reserved for the claim;
 * 3. the smaller volume;
 * 4. the volume whose name comes first.
 *
 * Source: Kubernetes documentation, "Persistent Volumes" (binding, reserving a PersistentVolume,
 * access modes); kube-controller-manager 1.37 (order of the criteria).
 */
import { byCodeUnit } from '@stowage/kernel'
import { classNameOf, claimSize, volumeSize } from '../surroundings/storage.js'
import { isFree, isReservedFor, isUsable } from '../volume/match.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { wholeOf, zero } from '../words/quantity.js'

/** The access modes that Kubernetes knows, in its order; a volume with others has none of them. */
const knownModes: readonly string[] = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
]

/** The known access modes of a volume as a set: in one order, each once. */
const modesOf = ({ spec }: PersistentVolume): readonly string[] =>
  knownModes.filter((mode) => spec.accessModes.includes(mode))

/**
 * The volume for a claim that names none; `undefined` when no volume fits. A claim that `waits` for
 * its first pod gets only a volume that is reserved for it: the scheduler selects among the others.
 */
export const volumeFor = (
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  waits: boolean,
): PersistentVolume | undefined =>
  volumes
    .filter((volume) => {
      const modes = modesOf(volume)
      return (
        claim.spec.accessModes.every((mode) => modes.includes(mode)) &&
        isUsable(volume, claim) &&
        (isReservedFor(volume, claim) || (!waits && isFree(volume, claim)))
      )
    })
    .reduce<PersistentVolume | undefined>(
      (best, volume) => (best === undefined || preference(claim, volume, best) < 0 ? volume : best),
      undefined,
    )

/**
 * Negative when the claim gets `one` rather than `other`; both fit.
 *
 * Sets of as many modes are compared as texts, so that reservation and size are compared only among
 * volumes with the same modes. Among sets of as many modes, and among volumes of one size, the
 * controller takes any.
 */
const preference = (
  claim: PersistentVolumeClaim,
  one: PersistentVolume,
  other: PersistentVolume,
): number => {
  const [modes, otherModes] = [modesOf(one), modesOf(other)]
  const reserved = Number(isReservedFor(other, claim)) - Number(isReservedFor(one, claim))
  const [size, otherSize] = [volumeSize(one), volumeSize(other)]
  return (
    modes.length - otherModes.length ||
    byCodeUnit(modes.join(), otherModes.join()) ||
    reserved ||
    (size < otherSize ? -1 : size > otherSize ? 1 : 0) ||
    byCodeUnit(one.metadata.name, other.metadata.name)
  )
}

/**
 * Why a claim cannot be bound to a volume that it names, in words; `undefined` when it can. Sizes
 * are compared in whole bytes; the claim's selector and the volume's phase do not count.
 */
export const misfitOf = (
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): string | undefined => {
  const differs = (what: string, own: string, expected: string): string =>
    `its ${what} is ${own === '' ? 'empty' : own}, not ${expected === '' ? 'empty' : expected}`
  const modeOf = (mode: string | undefined): string => mode ?? 'Filesystem'
  const attributesOf = ({
    volumeAttributesClassName = '',
  }: typeof volume.spec | typeof claim.spec) => volumeAttributesClassName
  const lacking = claim.spec.accessModes.filter((mode) => !volume.spec.accessModes.includes(mode))
  const [attributes, wantedAttributes] = [attributesOf(volume.spec), attributesOf(claim.spec)]
  if (volume.metadata.deletionTimestamp !== undefined) return 'it is being deleted'
  if (wholeOf(volumeSize(volume)) < wholeOf(claimSize(claim.spec) ?? zero)) return 'it is too small'
  if (classNameOf(volume) !== classNameOf(claim))
    return differs('storageClassName', classNameOf(volume), classNameOf(claim))
  if (attributes !== wantedAttributes)
    return differs('volumeAttributesClassName', attributes, wantedAttributes)
  if (modeOf(volume.spec.volumeMode) !== modeOf(claim.spec.volumeMode))
    return differs('volumeMode', modeOf(volume.spec.volumeMode), modeOf(claim.spec.volumeMode))
  return lacking.length > 0 ? `it lacks the access mode ${lacking.join(', ')}` : undefined
}
