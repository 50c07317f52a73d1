/**
 * Defines the types and codec of a Node: its capacity, labels, taints, images and declared
 * features.
 */
import { flag, listOrEmpty, optional, record, text, whole, type Codec } from '@stowage/documents'
import { Amounts } from './amounts.js'
import { AnnotatedMetadata } from './metadata.js'
import { Taint } from './taint.js'

/** A node, with the fields that scheduling reads. */
export interface Node {
  readonly metadata: AnnotatedMetadata
  readonly spec:
    | { readonly taints: readonly Taint[]; readonly unschedulable: boolean | undefined }
    | undefined
  readonly status: NodeStatus | undefined
}
/** What the kubelet reports about its node. */
export interface NodeStatus {
  readonly allocatable: Amounts
  readonly capacity: Amounts
  readonly images: readonly NodeImage[]
  readonly declaredFeatures: readonly string[]
}
/** A container image on the node, with all its names. */
export interface NodeImage {
  readonly names: readonly string[]
  /** Absent means 0. */
  readonly sizeBytes: number | undefined
}
const NodeImage: Codec<NodeImage> = record<NodeImage>('an object', {
  names: listOrEmpty(text),
  sizeBytes: optional(whole('a size in bytes', 0, Number.MAX_SAFE_INTEGER)),
})
export const Node: Codec<Node> = record<Node>('an object', {
  metadata: AnnotatedMetadata,
  spec: optional(
    record('an object', { taints: listOrEmpty(Taint), unschedulable: optional(flag) }),
  ),
  status: optional(
    record('an object', {
      allocatable: Amounts,
      capacity: Amounts,
      images: listOrEmpty(NodeImage),
      declaredFeatures: listOrEmpty(text),
    }),
  ),
})
