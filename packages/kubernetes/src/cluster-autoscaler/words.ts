/**
 * Defines the types and codecs of pods as the Cluster Autoscaler reads them, and of a node with its
 * pods.
 */
import {
  dictionary,
  listOrEmpty,
  optional,
  record,
  text,
  whole,
  type Codec,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { AnnotatedMetadata } from '../words/metadata.js'
import { Node } from '../words/node.js'
import { PodSpec } from '../words/pod.js'
import { Taint } from '../words/taint.js'

/** A pod with what decides about the removal of its node. */
export interface AutoscaledPod {
  readonly metadata: AnnotatedMetadata
  readonly spec: PodSpec & PodEnd
  readonly status: { readonly phase: string | undefined } | undefined
}
interface PodEnd {
  readonly restartPolicy: string | undefined
  readonly terminationGracePeriodSeconds: number | undefined
}
const PodEnd: Codec<PodEnd> = record<PodEnd>('an object', {
  restartPolicy: optional(text),
  terminationGracePeriodSeconds: optional(whole('seconds', 0, 1e9)),
})
export const AutoscaledPod: Codec<AutoscaledPod> = record<AutoscaledPod>('an object', {
  metadata: AnnotatedMetadata,
  spec: t.intersection([PodSpec, PodEnd]),
  status: optional(record('an object', { phase: optional(text) })),
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

/** What a node reports and says about itself, beside what scheduling reads. */
export interface NodeHealth {
  readonly metadata: { readonly annotations: ReadonlyMap<string, string> }
  readonly spec: { readonly taints: readonly Taint[] } | undefined
  readonly status:
    | { readonly conditions: readonly { readonly type: string; readonly status: string }[] }
    | undefined
}
const NodeHealth: Codec<NodeHealth> = record<NodeHealth>('an object', {
  metadata: record('an object', { annotations: dictionary(text) }),
  spec: optional(record('an object', { taints: listOrEmpty(Taint) })),
  status: optional(
    record('an object', {
      conditions: listOrEmpty(record('an object', { type: text, status: text })),
    }),
  ),
})

/** A node with what runs on it and how it is. */
export interface AutoscaledNode extends OccupiedNode {
  readonly health: NodeHealth
}
const withHealth = record('an object', { node: NodeHealth })
export const AutoscaledNode: Codec<AutoscaledNode> = new t.Type<AutoscaledNode, unknown>(
  'an object',
  (value): value is AutoscaledNode => OccupiedNode.is(value),
  (value, context) =>
    pipe(
      OccupiedNode.validate(value, context),
      E.chain((occupied) =>
        pipe(
          withHealth.validate(value, context),
          E.map(({ node: health }) => ({ ...occupied, health })),
        ),
      ),
    ),
  t.identity,
)
