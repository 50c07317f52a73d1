/**
 * Implements the admission plugin DefaultStorageClass: sets the default StorageClass in a
 * PersistentVolumeClaim that names no class.
 *
 * Source: Kubernetes documentation, "Storage Classes" (default StorageClass).
 */
import { classAnnotation, defaultClassAnnotations } from '../surroundings/storage.js'
import type { Texts, WireClaimSpec, WireObject, WireStorageClass } from '../wire/objects.js'
import type { AdmissionCluster } from './cluster.js'

/** Whether annotations make a class the default. */
const isDefaultClass = (annotations: Texts): boolean =>
  defaultClassAnnotations.some(
    (key) => Object.hasOwn(annotations, key) && annotations[key] === 'true',
  )

/** The name of the default class: of several the youngest by creation. */
export const defaultClassOf = (classes: readonly WireStorageClass[]): string | undefined =>
  classes
    .filter(({ metadata }) => isDefaultClass(metadata?.annotations ?? {}))
    .reduce<
      WireStorageClass | undefined
    >((youngest, one) => (youngest === undefined || isYounger(one, youngest) ? one : youngest), undefined)
    ?.metadata?.name

/** Without a time of creation, the later one in the list is the younger. */
const isYounger = (one: WireStorageClass, other: WireStorageClass): boolean => {
  const [a, b] = [one.metadata?.creationTimestamp, other.metadata?.creationTimestamp]
  if (a === undefined || b === undefined) return true
  return a > b || (a === b && (one.metadata?.name ?? '') < (other.metadata?.name ?? ''))
}

/** The claim with the default class, where it names none. */
export const withStorageClass = (claim: WireObject, { storageClasses }: AdmissionCluster) => {
  const spec = (claim.spec ?? {}) as WireClaimSpec
  const storageClassName = defaultClassOf(storageClasses)
  const isNamed =
    spec.storageClassName !== undefined ||
    Object.hasOwn(claim.metadata?.annotations ?? {}, classAnnotation)
  return isNamed || storageClassName === undefined
    ? claim
    : { ...claim, spec: { ...spec, storageClassName } }
}
