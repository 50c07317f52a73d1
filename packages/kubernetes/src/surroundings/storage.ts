/**
 * What there is of storage around pods. It is a value like all that is around them: a claim that a
 * placed pod reserves makes another one.
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

export interface Storage {
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim>
  /** By name, in the order of names, as are those that follow. */
  readonly volumes: ReadonlyMap<string, PersistentVolume>
  readonly classes: ReadonlyMap<string, StorageClass>
  readonly drivers: ReadonlyMap<string, CSIDriver>
  /** By the node's name. */
  readonly nodes: ReadonlyMap<string, CSINode>
  readonly capacities: readonly CSIStorageCapacity[]
  /** By the node's name. */
  readonly attachments: ReadonlyMap<string, readonly VolumeAttachment[]>
}

export const noStorage: Storage = {
  claims: new Map(),
  volumes: new Map(),
  classes: new Map(),
  drivers: new Map(),
  nodes: new Map(),
  capacities: [],
  attachments: new Map(),
}

const classAnnotation = 'volume.beta.kubernetes.io/storage-class'
export const selectedNode = 'volume.kubernetes.io/selected-node'
const bindCompleted = 'pv.kubernetes.io/bind-completed'

/** The name of the class that a claim or a volume is of; an empty text without one. */
export const classNameOf = ({
  metadata,
  spec,
}: Pick<PersistentVolumeClaim | PersistentVolume, 'metadata' | 'spec'>): string =>
  metadata.annotations.get(classAnnotation) ?? spec.storageClassName ?? ''

export const volumeNameOf = ({ spec }: PersistentVolumeClaim): string => spec.volumeName ?? ''

/** Whether the claim and its volume know of each other. */
export const isBound = (claim: PersistentVolumeClaim): boolean =>
  volumeNameOf(claim) !== '' && claim.metadata.annotations.has(bindCompleted)

/** Whether volumes of the class are bound once a pod that uses them has a node. */
export const waitsForConsumer = ({ volumeBindingMode }: StorageClass): boolean =>
  volumeBindingMode === 'WaitForFirstConsumer'

export const sizeAsked = ({ resources }: ClaimSpec): Quantity | undefined =>
  resources?.requests.get('storage')

export const sizeOf = ({ spec }: PersistentVolume): Quantity => spec.capacity.get('storage') ?? zero
