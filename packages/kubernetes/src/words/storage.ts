/** Where storage comes from, and what nodes can attach of it. */
import { flag, listOrEmpty, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Annotated, Metadata } from './metadata.js'
import { Size } from './persistent-volume.js'
import type { Quantity } from './quantity.js'

/** A term with nothing in it takes no node. */
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

export interface StorageClass {
  readonly metadata: Metadata
  readonly provisioner: string
  /** The API server fills in `Immediate`. */
  readonly volumeBindingMode: string | undefined
  readonly allowedTopologies: readonly TopologyTerm[]
}
export const StorageClass: Codec<StorageClass> = t.type({
  metadata: Metadata,
  provisioner: text,
  volumeBindingMode: optional(text),
  allowedTopologies: listOrEmpty(TopologyTerm),
})

/** The drivers of a node, which is named as this is. */
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

/** What a class has left where a node of these labels can reach it; nowhere, without a topology. */
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
