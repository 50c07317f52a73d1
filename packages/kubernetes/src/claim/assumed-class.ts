/**
 * Assumes storage classes for documents that say nothing of storage: they hold pods that make their
 * own claims, but no claim, volume or class. What classes the cluster has is not known then, so
 * each class that a pod names, and a default class, is assumed to provision volumes where pods go.
 * As soon as the documents hold any storage object, only their own classes count.
 */
import type { StorageClass } from '../words/storage.js'
import { classNameOf, type Storage } from '../surroundings/storage.js'
import { claimOfTemplate } from '../surroundings/claim.js'
import type { PendingWorkload } from '../workload/share.js'

/** The provisioner of every assumed class; no object has this name, as it is no DNS name. */
const assumedProvisioner = 'assumed provisioner'

/** The name of the assumed default class. */
export const assumedDefault = 'default class'

/** Whether a class is not among the documents, but assumed. */
export const isAssumed = ({ provisioner }: StorageClass): boolean =>
  provisioner === assumedProvisioner

/** The storage with assumed classes, if the documents say nothing of storage. */
export const withAssumedClasses = (
  storage: Storage,
  workloads: readonly PendingWorkload[],
): Storage => {
  const { claims, volumes, classes } = storage
  if (claims.size + volumes.size + classes.size > 0) return storage
  const names = workloads
    .flatMap(({ claimTemplates, spec }) => [
      ...claimTemplates,
      ...spec.volumes.flatMap(({ ephemeral }) => ephemeral?.volumeClaimTemplate ?? []),
    ])
    .map((template) => classNameOf(claimOfTemplate('', '', template)))
    .filter((name) => name !== '')
  const assumed = [...new Set(names)].map((name) => assumedClass(name, false))
  const all = [...assumed, assumedClass(assumedDefault, true)]
  return { ...storage, classes: new Map(all.map((one) => [one.metadata.name, one])) }
}

const assumedClass = (name: string, isDefault: boolean): StorageClass => ({
  metadata: {
    ...{ name, namespace: undefined, uid: undefined, labels: new Map() },
    annotations: new Map(
      isDefault ? [['storageclass.kubernetes.io/is-default-class', 'true']] : [],
    ),
    ...{ creationTimestamp: undefined, deletionTimestamp: undefined, ownerReferences: [] },
  },
  provisioner: assumedProvisioner,
  volumeBindingMode: 'WaitForFirstConsumer',
  allowedTopologies: [],
})
