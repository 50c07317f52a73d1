/**
 * Types and codecs of the kinds that keep a number of pods of one template running, of how they
 * replace them after the template has changed, and of the autoscaler that sets their number. Jobs
 * are in `job.ts`.
 */
import {
  codecOf,
  dictionary,
  flag,
  listOrEmpty,
  optional,
  record,
  text,
  type Codec,
  type FieldCodecs,
} from '@stowage/documents'
import * as t from 'io-ts'
import { LabelSelector, type Labels } from './label-selector.js'
import { Annotated, Metadata } from './metadata.js'
import { ClaimSpec } from './persistent-volume.js'
import { PodTemplate } from './pod.js'
import { count } from './whole-number.js'

/** A number of pods, or a share of all pods such as `25%`. */
export type Portion = number | string

const percent = /^(\d{1,9})%$/

const Portion: Codec<Portion> = codecOf('a whole number, 0 or more, or a percentage', (value) =>
  (typeof value === 'string' && percent.test(value)) || count.is(value) ? value : undefined,
)

/** A strategy; each kind has its own fields and its own defaults. */
export interface UpdateStrategy {
  readonly type: string | undefined
  readonly rollingUpdate:
    | {
        readonly maxSurge?: Portion | undefined
        readonly maxUnavailable?: Portion | undefined
        readonly partition?: number | undefined
      }
    | undefined
}

const strategyWith = <Fields extends object>(fields: FieldCodecs<Fields>): Codec<UpdateStrategy> =>
  record('an object', {
    type: optional(text),
    rollingUpdate: optional(record('an object', fields)),
  }) as Codec<unknown> as Codec<UpdateStrategy>

/** How a Deployment or a DaemonSet replaces its pods. */
const PortionedStrategy = strategyWith({
  maxSurge: optional(Portion),
  maxUnavailable: optional(Portion),
})

/** How a StatefulSet replaces its pods. */
const PartitionedStrategy = strategyWith({
  maxUnavailable: optional(Portion),
  partition: optional(count),
})

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
  readonly metadata: Annotated
  readonly spec: ReplicatedSpec & { readonly minReadySeconds: number | undefined }
}
export const ReplicaSet: Codec<ReplicaSet> = record('an object', {
  metadata: Annotated,
  spec: record('an object', { ...replicated, minReadySeconds: optional(count) }),
})

/** So many pods of one template, which are replaced when the template changes. */
export interface Deployment {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec & {
    readonly strategy: UpdateStrategy | undefined
    readonly paused: boolean | undefined
    readonly minReadySeconds: number | undefined
    readonly progressDeadlineSeconds: number | undefined
    readonly revisionHistoryLimit: number | undefined
  }
}
export const Deployment: Codec<Deployment> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    ...replicated,
    strategy: optional(PortionedStrategy),
    paused: optional(flag),
    minReadySeconds: optional(count),
    progressDeadlineSeconds: optional(count),
    revisionHistoryLimit: optional(count),
  }),
})

/** The template of a claim that a StatefulSet makes for each of its pods. */
export interface NamedClaimTemplate {
  readonly metadata: Annotated
  readonly spec: ClaimSpec
}
const NamedClaimTemplate: Codec<NamedClaimTemplate> = record<NamedClaimTemplate>('an object', {
  metadata: Annotated,
  spec: ClaimSpec,
})

/** Pods with names and claims of their own, numbered from `ordinals.start`, or 0. */
export interface StatefulSet {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec & {
    readonly ordinals: { readonly start: number | undefined } | undefined
    readonly podManagementPolicy: string | undefined
    readonly volumeClaimTemplates: readonly NamedClaimTemplate[]
    readonly updateStrategy: UpdateStrategy | undefined
  }
}
export const StatefulSet: Codec<StatefulSet> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    ...replicated,
    ordinals: optional(record('an object', { start: optional(count) })),
    podManagementPolicy: optional(text),
    volumeClaimTemplates: listOrEmpty(NamedClaimTemplate),
    updateStrategy: optional(PartitionedStrategy),
  }),
})

/** A workload with one pod on every node that it matches. */
export interface DaemonSet {
  readonly metadata: Annotated
  readonly spec: {
    readonly selector: LabelSelector | undefined
    readonly template: PodTemplate
    readonly updateStrategy: UpdateStrategy | undefined
  }
}
export const DaemonSet: Codec<DaemonSet> = record('an object', {
  metadata: Annotated,
  spec: record('an object', {
    selector: optional(LabelSelector),
    template: PodTemplate,
    updateStrategy: optional(PortionedStrategy),
  }),
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
export const ReplicationController: Codec<ReplicationController> = record('an object', {
  metadata: Metadata,
  spec: optional(
    record('an object', {
      replicas: optional(count),
      selector: optional(dictionary(text)),
      template: optional(PodTemplate),
    }),
  ),
})

/** A version of the template of a StatefulSet or a DaemonSet; `data` is a part of its object. */
export interface ControllerRevision {
  readonly metadata: Metadata
  readonly data: unknown
}
export const ControllerRevision: Codec<ControllerRevision> = record('an object', {
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
export const HorizontalPodAutoscaler: Codec<HorizontalPodAutoscaler> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    scaleTargetRef: record('an object', { apiVersion: optional(text), kind: text, name: text }),
    minReplicas: optional(count),
    maxReplicas: count,
  }),
})
