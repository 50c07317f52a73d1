/** Types and codecs of pods as the Cluster Autoscaler reads them, and of a node with its pods. */
import { listOrEmpty, optional, record, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { Annotated } from '../words/metadata.js'
import { Node } from '../words/node.js'
import { PodSpec } from '../words/pod.js'

/** A pod with what decides about the removal of its node. */
export interface AutoscaledPod {
  readonly metadata: Annotated
  readonly spec: PodSpec & GracePeriod
}
interface GracePeriod {
  readonly terminationGracePeriodSeconds: number | undefined
}
const GracePeriod: Codec<GracePeriod> = record<GracePeriod>('an object', {
  terminationGracePeriodSeconds: optional(whole('seconds', 0, 1e9)),
})
export const AutoscaledPod: Codec<AutoscaledPod> = record<AutoscaledPod>('an object', {
  metadata: Annotated,
  spec: t.intersection([PodSpec, GracePeriod]),
})

/** A node with what runs on it. */
export interface OccupiedNode {
  readonly node: Node
  readonly pods: readonly AutoscaledPod[]
}
export const OccupiedNode: Codec<OccupiedNode> = record<OccupiedNode>('an object', {
  node: Node,
  pods: listOrEmpty(AutoscaledPod),
})
