/**
 * Types and codecs of the kinds that keep a number of pods of one template running, of how they
 * replace them after the template has changed, and of the autoscaler that sets their number. Jobs
 * are in `job.ts`.
 */
import { codecOf, dictionary, flag, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { LabelSelector, type Labels } from './label-selector.js'
import { Annotated, Metadata } from './metadata.js'
import { PodTemplate } from './pod.js'
import { count } from './whole-number.js'

/** A number of pods, or a share of all pods such as `25%`. */
export type Portion = number | string

const percent = /^(\d{1,9})%$/

const Portion: Codec<Portion> = codecOf('a whole number, 0 or more, or a percentage', (value) =>
  (typeof value === 'string' && percent.test(value)) || count.is(value)
    ? (value as Portion)
    : undefined,
)

/** A strategy; each kind has its own fields and its own defaults. */
export interface UpdateStrategy {
  readonly type: string | undefined
  readonly rollingUpdate:
    | {
        readonly maxSurge: Portion | undefined
        readonly maxUnavailable: Portion | undefined
        readonly partition: number | undefined
      }
    | undefined
}
export const UpdateStrategy: Codec<UpdateStrategy> = t.type(
  {
    type: optional(text),
    rollingUpdate: optional(
      t.type(
        {
          maxSurge: optional(Portion),
          maxUnavailable: optional(Portion),
          partition: optional(count),
        },
        'an object',
      ),
    ),
  },
  'an object',
)

const replicated = {
  replicas: optional(count),
  selector: optional(LabelSelector),
  template: PodTemplate,
}

interface ReplicatedSpec {
  readonly replicas: number | undefined
  readonly selector: LabelSelector | undefined
  readonly template: PodTemplate
}

/** So many pods of one template; what a Deployment makes for each version of its template. */
export interface ReplicaSet {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec
}
export const ReplicaSet: Codec<ReplicaSet> = t.type({
  metadata: Metadata,
  spec: t.type(replicated, 'an object'),
})

/** So many pods of one template, which are replaced when the template changes. */
export interface Deployment {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec & {
    readonly strategy: UpdateStrategy | undefined
    readonly paused: boolean | undefined
  }
}
export const Deployment: Codec<Deployment> = t.type({
  metadata: Metadata,
  spec: t.type(
    { ...replicated, strategy: optional(UpdateStrategy), paused: optional(flag) },
    'an object',
  ),
})

/** Pods with names and volumes of their own, numbered from `ordinals.start`. */
export interface StatefulSet {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec & {
    readonly ordinals: { readonly start: number | undefined } | undefined
    readonly podManagementPolicy: string | undefined
    readonly updateStrategy: UpdateStrategy | undefined
  }
}
export const StatefulSet: Codec<StatefulSet> = t.type({
  metadata: Metadata,
  spec: t.type(
    {
      ...replicated,
      ordinals: optional(t.type({ start: optional(count) }, 'an object')),
      podManagementPolicy: optional(text),
      updateStrategy: optional(UpdateStrategy),
    },
    'an object',
  ),
})

/** A workload with one pod on every node that it matches. */
export interface DaemonSet {
  readonly metadata: Annotated
  readonly spec: {
    readonly template: PodTemplate
    readonly updateStrategy: UpdateStrategy | undefined
  }
}
export const DaemonSet: Codec<DaemonSet> = t.type({
  metadata: Annotated,
  spec: t.type({ template: PodTemplate, updateStrategy: optional(UpdateStrategy) }, 'an object'),
})

/** The predecessor of the ReplicaSet. It selects by labels, which are by default its template's. */
export interface ReplicationController {
  readonly metadata: Metadata
  readonly spec:
    | {
        readonly replicas: number | undefined
        readonly selector: Labels | undefined
        readonly template: PodTemplate | undefined
      }
    | undefined
}
export const ReplicationController: Codec<ReplicationController> = t.type({
  metadata: Metadata,
  spec: optional(
    t.type(
      {
        replicas: optional(count),
        selector: optional(dictionary(text)),
        template: optional(PodTemplate),
      },
      'an object',
    ),
  ),
})

/** A version of the template of a StatefulSet or a DaemonSet; `data` is a part of its object. */
export interface ControllerRevision {
  readonly metadata: Metadata
  readonly data: unknown
}
export const ControllerRevision: Codec<ControllerRevision> = t.type({
  metadata: Metadata,
  data: t.unknown,
})

/** An autoscaler with the workload that it scales and its bounds. */
export interface HorizontalPodAutoscaler {
  readonly metadata: Metadata
  readonly spec: {
    readonly scaleTargetRef: {
      readonly apiVersion: string | undefined
      readonly kind: string
      readonly name: string
    }
    readonly minReplicas: number | undefined
    readonly maxReplicas: number
  }
}
export const HorizontalPodAutoscaler: Codec<HorizontalPodAutoscaler> = t.type({
  metadata: Metadata,
  spec: t.type(
    {
      scaleTargetRef: t.type({ apiVersion: optional(text), kind: text, name: text }, 'an object'),
      minReplicas: optional(count),
      maxReplicas: count,
    },
    'an object',
  ),
})
