/**
 * Types and codecs of (1) storage classes and CSI storage capacities, which say where volumes can
 * be provisioned, and (2) CSI nodes, CSI drivers and volume attachments, which say what nodes can
 * attach and what they have attached.
 */
import { flag, listOrEmpty, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Annotated, Metadata } from './metadata.js'
import { Size } from './persistent-volume.js'
import type { Quantity } from './quantity.js'

/** The nodes that a storage class allows; an empty term matches no node. */
export interface TopologyTerm {
  readonly matchLabelExpressions: readonly {
    readonly key: string
    readonly values: readonly string[]
  }[]
}
const TopologyTerm: Codec<TopologyTerm> = t.type(
  {
    matchLabelExpressions: listOrEmpty(
      t.type({ key: text, values: listOrEmpty(text) }, 'an object'),
    ),
  },
  'an object',
)

/** How, when and where volumes of a class are provisioned. */
export interface StorageClass {
  readonly metadata: Annotated
  readonly provisioner: string
  /** The API server's default is `Immediate`. */
  readonly volumeBindingMode: string | undefined
  readonly allowedTopologies: readonly TopologyTerm[]
}
export const StorageClass: Codec<StorageClass> = t.type({
  metadata: Annotated,
  provisioner: text,
  volumeBindingMode: optional(text),
  allowedTopologies: listOrEmpty(TopologyTerm),
})

/** The CSI drivers of the node with the same name, and how many volumes each can attach. */
export interface CSINode {
  readonly metadata: Annotated
  readonly spec: {
    readonly drivers: readonly {
      readonly name: string
      readonly allocatable: { readonly count: number | undefined } | undefined
    }[]
  }
}
export const CSINode: Codec<CSINode> = t.type({
  metadata: Annotated,
  spec: t.type(
    {
      drivers: listOrEmpty(
        t.type(
          {
            name: text,
            allocatable: optional(t.type({ count: optional(int32) }, 'an object')),
          },
          'an object',
        ),
      ),
    },
    'an object',
  ),
})

/** A CSI driver, and what it requires of scheduling. */
export interface CSIDriver {
  readonly metadata: Metadata
  readonly spec: {
    readonly storageCapacity: boolean | undefined
    readonly preventPodSchedulingIfMissing: boolean | undefined
  }
}
export const CSIDriver: Codec<CSIDriver> = t.type({
  metadata: Metadata,
  spec: t.type(
    { storageCapacity: optional(flag), preventPodSchedulingIfMissing: optional(flag) },
    'an object',
  ),
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
export const CSIStorageCapacity: Codec<CSIStorageCapacity> = t.type({
  metadata: Metadata,
  storageClassName: text,
  nodeTopology: optional(LabelSelector),
  capacity: optional(Size),
  maximumVolumeSize: optional(Size),
})

/** A volume that a CSI driver attaches to a node. */
export interface VolumeAttachment {
  readonly metadata: Metadata
  readonly spec: {
    readonly attacher: string
    readonly nodeName: string
    readonly source: { readonly persistentVolumeName: string | undefined }
  }
}
export const VolumeAttachment: Codec<VolumeAttachment> = t.type({
  metadata: Metadata,
  spec: t.type(
    {
      attacher: text,
      nodeName: text,
      source: t.type({ persistentVolumeName: optional(text) }, 'an object'),
    },
    'an object',
  ),
})
