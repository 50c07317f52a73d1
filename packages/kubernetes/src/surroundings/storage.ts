/**
 * Defines the type of a cluster's storage objects (claims, volumes, StorageClasses, CSI objects),
 * and functions that read their fields. The value is immutable: reserving volumes for a placed pod
 * makes a new value.
 */
import type {
  ClaimSpec,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import type { Quantity } from '../words/quantity.js'
import { zero } from '../words/quantity.js'
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  StorageClass,
  VolumeAttachment,
} from '../words/storage.js'

/** The storage objects of a cluster, each map and list sorted by the names of its objects. */
export interface Storage {
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim>
  /** By name, as the two maps that follow. */
  readonly volumes: ReadonlyMap<string, PersistentVolume>
  readonly classes: ReadonlyMap<string, StorageClass>
  readonly drivers: ReadonlyMap<string, CSIDriver>
  /** By the node's name. */
  readonly nodes: ReadonlyMap<string, CSINode>
  readonly capacities: readonly CSIStorageCapacity[]
  /** By the node's name. */
  readonly attachments: ReadonlyMap<string, readonly VolumeAttachment[]>
  /** Names of the volumes that a provisioner has yet to make; only a plan has any. */
  readonly unmade: ReadonlySet<string>
}

/** A cluster without storage objects. */
export const noStorage: Storage = {
  claims: new Map(),
  volumes: new Map(),
  classes: new Map(),
  drivers: new Map(),
  nodes: new Map(),
  capacities: [],
  attachments: new Map(),
  unmade: new Set(),
}

/** The annotation that names a class as `storageClassName` does. */
export const classAnnotation = 'volume.beta.kubernetes.io/storage-class'
/** The annotations that make a class the default one where their value is `true`. */
export const defaultClassAnnotations: readonly string[] = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]
/** The annotation of a claim that names the node on which its volume must be provisioned. */
export const selectedNode = 'volume.kubernetes.io/selected-node'
/** The annotation of a claim whose binding to its volume is complete. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed'

/** The storage class of a claim or a volume; empty when it has none. */
export const classNameOf = ({
  metadata,
  spec,
}: Pick<PersistentVolumeClaim | PersistentVolume, 'metadata' | 'spec'>): string =>
  metadata.annotations.get(classAnnotation) ?? spec.storageClassName ?? ''

/** The volume that a claim names; empty when it names none. */
export const volumeNameOf = ({ spec }: PersistentVolumeClaim): string => spec.volumeName ?? ''

/** Whether a claim names its volume and the binding is complete. */
export const isBound = (claim: PersistentVolumeClaim): boolean =>
  volumeNameOf(claim) !== '' && claim.metadata.annotations.has(bindCompleted)

/** Whether volumes of the class are bound only after a pod that uses them has a node. */
export const waitsForConsumer = ({ volumeBindingMode }: StorageClass): boolean =>
  volumeBindingMode === 'WaitForFirstConsumer'

/** The storage that a claim requests. */
export const claimSize = ({ resources }: ClaimSpec): Quantity | undefined =>
  resources?.requests.get('storage')

/** The capacity of a volume, 0 when it states none. */
export const volumeSize = ({ spec }: PersistentVolume): Quantity =>
  spec.capacity.get('storage') ?? zero
