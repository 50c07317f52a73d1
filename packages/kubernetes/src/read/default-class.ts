/**
 * Gives claims that name no StorageClass the default one of the input. Without a default class such
 * a claim can only take a volume that exists, of which a warning tells.
 */
import type { AdmissionCluster } from '../admission/cluster.js'
import { defaultClassOf } from '../admission/storage-class.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName } from '../workload/workload.js'

/** The objects with complete claims, and warnings about claims without a class. */
export const withDefaultClass = (
  objects: readonly KubernetesObject[],
  { storageClasses }: AdmissionCluster,
): {
  readonly claims: readonly KubernetesObject[]
  readonly warnings: readonly KubernetesWarning[]
} => {
  const storageClassName = defaultClassOf(storageClasses)
  return {
    claims: objects.map((found) =>
      isClassless(found) && storageClassName !== undefined
        ? {
            ...found,
            object: { ...found.object, spec: { ...found.object.spec, storageClassName } },
          }
        : found,
    ),
    warnings:
      storageClassName === undefined ? objects.filter(isClassless).map(classlessWarning) : [],
  }
}

type ClaimObject = Extract<KubernetesObject, { readonly kind: 'PersistentVolumeClaim' }>

const ownClassAnnotation = 'volume.beta.kubernetes.io/storage-class'

/** Whether a claim is not bound and names no class; an empty name means that it wants none. */
const isClassless = (found: KubernetesObject): found is ClaimObject => {
  if (found.kind !== 'PersistentVolumeClaim') return false
  const { metadata, spec } = found.object
  return (
    spec.storageClassName === undefined &&
    !metadata.annotations.has(ownClassAnnotation) &&
    (spec.volumeName ?? '') === ''
  )
}

const classlessWarning = ({ from, object }: ClaimObject): KubernetesWarning => ({
  code: 'NoDefaultStorageClass',
  from,
  subject: `PersistentVolumeClaim ${fullName(object.metadata)}`,
  text: 'it names no StorageClass, and no StorageClass among the documents is the default: it can only take a volume that exists',
})
