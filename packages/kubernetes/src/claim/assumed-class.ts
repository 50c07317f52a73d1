/**
 * Adds assumed StorageClasses to an input that has none: a default one, and one for each name that
 * a claim uses. An assumed StorageClass creates a volume after its pod has been placed, where the
 * node of the pod can reach it.
 */
import type { PersistentVolume } from '../words/persistent-volume.js'
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

/**
 * The storage with assumed classes, if the documents have none. A StorageClass that is named by a
 * volume which no provisioner made is left out: claims are bound to such a volume without an object
 * for the StorageClass.
 */
export const withAssumedClasses = (
  storage: Storage,
  workloads: readonly PendingWorkload[],
): Storage => {
  if (storage.classes.size > 0) return storage
  const bound = new Set([...storage.volumes.values()].filter(isByHand).map(classNameOf))
  const templates = workloads.flatMap(({ claimTemplates, spec }) => [
    ...claimTemplates,
    ...spec.volumes.flatMap(({ ephemeral }) => ephemeral?.volumeClaimTemplate ?? []),
  ])
  const names = [
    ...templates.map((template) => claimOfTemplate('', '', template)),
    ...storage.claims.values(),
  ]
    .map(classNameOf)
    .filter((name) => name !== '' && !bound.has(name))
  const assumed = [...new Set(names)].map((name) => assumedClass(name, false))
  const all = [...assumed, assumedClass(assumedDefault, true)]
  return { ...storage, classes: new Map(all.map((one) => [one.metadata.name, one])) }
}

const isByHand = ({ metadata: { annotations } }: PersistentVolume): boolean =>
  !annotations.has('pv.kubernetes.io/provisioned-by')

const assumedClass = (name: string, isDefault: boolean): StorageClass => ({
  metadata: {
    ...{ name, namespace: undefined, uid: undefined, labels: new Map() },
    annotations: new Map(
      isDefault ? [['storageclass.kubernetes.io/is-default-class', 'true']] : [],
    ),
    ...{ creationTimestamp: undefined, deletionTimestamp: undefined, ownerReferences: [] },
  },
  provisioner: assumedProvisioner,
  parameters: new Map(),
  volumeBindingMode: 'WaitForFirstConsumer',
  allowedTopologies: [],
})
