/**
 * Defines the types and codecs of two groups of storage objects:
 * 1. StorageClasses and CSIStorageCapacities, which state where volumes can be provisioned;
 * 2. CSINodes, CSIDrivers and VolumeAttachments, which state which volumes a node can attach, how
 *    many, and which volumes are attached to it.
 */
import {
  dictionary,
  flag,
  listOrEmpty,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import { int32 } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { AnnotatedMetadata, Metadata } from './metadata.js'
import { Size } from './persistent-volume.js'
import type { Quantity } from './quantity.js'

/** The nodes that a storage class allows; an empty term matches no node. */
export interface TopologyTerm {
  readonly matchLabelExpressions: readonly {
    readonly key: string
    readonly values: readonly string[]
  }[]
}
const TopologyTerm: Codec<TopologyTerm> = record<TopologyTerm>('an object', {
  matchLabelExpressions: listOrEmpty(record('an object', { key: text, values: listOrEmpty(text) })),
})

/** How, when and where volumes of a class are provisioned. */
export interface StorageClass {
  readonly metadata: AnnotatedMetadata
  readonly provisioner: string
  /** What the provisioner reads, each of its own. */
  readonly parameters: ReadonlyMap<string, string>
  /** The API server's default is `Immediate`. */
  readonly volumeBindingMode: string | undefined
  readonly allowedTopologies: readonly TopologyTerm[]
}
export const StorageClass: Codec<StorageClass> = record<StorageClass>('an object', {
  metadata: AnnotatedMetadata,
  provisioner: text,
  parameters: dictionary(text),
  volumeBindingMode: optional(text),
  allowedTopologies: listOrEmpty(TopologyTerm),
})

/** The CSI drivers of the node with the same name, and how many volumes each can attach. */
export interface CSINode {
  readonly metadata: AnnotatedMetadata
  readonly spec: {
    readonly drivers: readonly {
      readonly name: string
      readonly allocatable: { readonly count: number | undefined } | undefined
      /** Labels of nodes by which the driver says from where a volume is reached. */
      readonly topologyKeys: readonly string[]
    }[]
  }
}
export const CSINode: Codec<CSINode> = record<CSINode>('an object', {
  metadata: AnnotatedMetadata,
  spec: record('an object', {
    drivers: listOrEmpty(
      record('an object', {
        name: text,
        allocatable: optional(record('an object', { count: optional(int32) })),
        topologyKeys: listOrEmpty(text),
      }),
    ),
  }),
})

/** A CSI driver, and what it requires of scheduling. */
export interface CSIDriver {
  readonly metadata: Metadata
  readonly spec: {
    readonly storageCapacity: boolean | undefined
    readonly preventPodSchedulingIfMissing: boolean | undefined
  }
}
export const CSIDriver: Codec<CSIDriver> = record<CSIDriver>('an object', {
  metadata: Metadata,
  spec: record('an object', {
    storageCapacity: optional(flag),
    preventPodSchedulingIfMissing: optional(flag),
  }),
})

/**
 * The free capacity of a storage class on the nodes that the topology selects; without a topology,
 * on no node.
 */
export interface CSIStorageCapacity {
  readonly metadata: Metadata
  readonly storageClassName: string
  readonly nodeTopology: LabelSelector | undefined
  readonly capacity: Quantity | undefined
  readonly maximumVolumeSize: Quantity | undefined
}
export const CSIStorageCapacity: Codec<CSIStorageCapacity> = record<CSIStorageCapacity>(
  'an object',
  {
    metadata: Metadata,
    storageClassName: text,
    nodeTopology: optional(LabelSelector),
    capacity: optional(Size),
    maximumVolumeSize: optional(Size),
  },
)

/** A volume that a CSI driver attaches to a node. */
export interface VolumeAttachment {
  readonly metadata: Metadata
  readonly spec: {
    readonly attacher: string
    readonly nodeName: string
    readonly source: { readonly persistentVolumeName: string | undefined }
  }
}
export const VolumeAttachment: Codec<VolumeAttachment> = record<VolumeAttachment>('an object', {
  metadata: Metadata,
  spec: record('an object', {
    attacher: text,
    nodeName: text,
    source: record('an object', { persistentVolumeName: optional(text) }),
  }),
})
