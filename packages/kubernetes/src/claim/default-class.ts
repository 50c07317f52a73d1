/**
 * Sets the default StorageClass of the cluster in a claim that names none, as the API server does
 * when a claim is created. The persistent volume controller does the same later, for a claim that
 * is older than the default StorageClass.
 *
 * Source: Kubernetes documentation, "Storage Classes" (default StorageClass) and "Persistent
 * Volumes" (retroactive default StorageClass assignment).
 */
import { byCodeUnit } from '@stowage/kernel'
import { classAnnotation, defaultClassAnnotations, type Storage } from '../surroundings/storage.js'
import type { PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { StorageClass } from '../words/storage.js'

/** The newest class that is marked as default, of equally new ones the first by name. */
const defaultClass = ({ classes }: Pick<Storage, 'classes'>): StorageClass | undefined =>
  [...classes.values()]
    .filter(({ metadata: { annotations } }) =>
      defaultClassAnnotations.some((key) => annotations.get(key) === 'true'),
    )
    .sort(
      (one, other) =>
        byCodeUnit(ageText(other), ageText(one)) ||
        byCodeUnit(one.metadata.name, other.metadata.name),
    )[0]

const ageText = ({ metadata }: StorageClass): string => metadata.creationTimestamp ?? ''

/** The claim with the default class, if it has no class and there is a default. */
export const withDefaultClass = (
  claim: PersistentVolumeClaim,
  storage: Pick<Storage, 'classes'>,
): PersistentVolumeClaim => {
  const { metadata, spec } = claim
  if (metadata.annotations.has(classAnnotation) || spec.storageClassName !== undefined) return claim
  const known = defaultClass(storage)
  return known === undefined
    ? claim
    : { ...claim, spec: { ...spec, storageClassName: known.metadata.name } }
}
