/**
 * Defines the types and codecs of Deployments, ReplicaSets, StatefulSets, DaemonSets and
 * ReplicationControllers, of their update strategies, and of the HorizontalPodAutoscaler. Jobs are
 * in `job.ts`.
 */
import {
  codecOf,
  dictionary,
  flag,
  isObject,
  listOrEmpty,
  oneOf,
  optional,
  own,
  record,
  text,
  type Codec,
  type FieldCodecs,
} from '@stowage/documents'
import * as t from 'io-ts'
import { LabelSelector, type Labels } from './label-selector.js'
import { AnnotatedMetadata, Metadata } from './metadata.js'
import { ClaimSpec } from './persistent-volume.js'
import { PodTemplate } from './pod.js'
import { parseQuantity, type Quantity } from './quantity.js'
import { count, int32 } from './whole-number.js'

/** A number of pods, or a share of all pods such as `25%`. */
export type Portion = number | string

const percent = /^(\d{1,9})%$/

export const Portion: Codec<Portion> = codecOf(
  'a whole number, 0 or more, or a percentage',
  (value) =>
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

const replicaFields = {
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
  readonly metadata: AnnotatedMetadata
  readonly spec: ReplicatedSpec & { readonly minReadySeconds: number | undefined }
}
export const ReplicaSet: Codec<ReplicaSet> = record('an object', {
  metadata: AnnotatedMetadata,
  spec: record('an object', { ...replicaFields, minReadySeconds: optional(count) }),
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
    ...replicaFields,
    strategy: optional(PortionedStrategy),
    paused: optional(flag),
    minReadySeconds: optional(count),
    progressDeadlineSeconds: optional(count),
    revisionHistoryLimit: optional(count),
  }),
})

/** The template of a claim that a StatefulSet makes for each of its pods. */
export interface NamedClaimTemplate {
  readonly metadata: AnnotatedMetadata
  readonly spec: ClaimSpec
}
const NamedClaimTemplate: Codec<NamedClaimTemplate> = record<NamedClaimTemplate>('an object', {
  metadata: AnnotatedMetadata,
  spec: ClaimSpec,
})

/** What becomes of the claims of a StatefulSet: `Delete`, or `Retain` by default. */
export interface ClaimRetention {
  readonly whenDeleted: string | undefined
  readonly whenScaled: string | undefined
}

/** Pods with names and claims of their own, numbered from `ordinals.start`, or 0. */
export interface StatefulSet {
  readonly metadata: Metadata
  readonly spec: ReplicatedSpec & {
    readonly ordinals: { readonly start: number | undefined } | undefined
    readonly podManagementPolicy: string | undefined
    readonly minReadySeconds: number | undefined
    readonly volumeClaimTemplates: readonly NamedClaimTemplate[]
    readonly persistentVolumeClaimRetentionPolicy: ClaimRetention | undefined
    readonly revisionHistoryLimit: number | undefined
    readonly updateStrategy: UpdateStrategy | undefined
  }
}
export const StatefulSet: Codec<StatefulSet> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    ...replicaFields,
    ordinals: optional(record('an object', { start: optional(count) })),
    podManagementPolicy: optional(text),
    minReadySeconds: optional(count),
    volumeClaimTemplates: listOrEmpty(NamedClaimTemplate),
    persistentVolumeClaimRetentionPolicy: optional(
      record('an object', { whenDeleted: optional(text), whenScaled: optional(text) }),
    ),
    revisionHistoryLimit: optional(count),
    updateStrategy: optional(PartitionedStrategy),
  }),
})

/** A workload with one pod on every node that it matches. */
export interface DaemonSet {
  readonly metadata: AnnotatedMetadata
  readonly spec: {
    readonly selector: LabelSelector | undefined
    readonly minReadySeconds: number | undefined
    readonly template: PodTemplate
    readonly updateStrategy: UpdateStrategy | undefined
    readonly revisionHistoryLimit: number | undefined
  }
}
export const DaemonSet: Codec<DaemonSet> = record('an object', {
  metadata: AnnotatedMetadata,
  spec: record('an object', {
    selector: optional(LabelSelector),
    minReadySeconds: optional(count),
    template: PodTemplate,
    updateStrategy: optional(PortionedStrategy),
    revisionHistoryLimit: optional(count),
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

const quantity: Codec<Quantity> = codecOf('a quantity, such as 500m or 20', (value) =>
  typeof value === 'string' || typeof value === 'number'
    ? parseQuantity(String(value).trim())
    : undefined,
)

/** What a metric is to be: one of three numbers, which `type` does not always decide. */
export interface MetricTarget {
  readonly type: string | undefined
  /** In percent of the requests. */
  readonly averageUtilization: number | undefined
  readonly averageValue: Quantity | undefined
  readonly value: Quantity | undefined
}
const MetricTarget: Codec<MetricTarget> = record<MetricTarget>('an object', {
  type: optional(text),
  averageUtilization: optional(int32),
  averageValue: optional(quantity),
  value: optional(quantity),
})

/** Which metric; its selector chooses among series of one name. */
export interface MetricIdentifier {
  readonly name: string
  readonly selector: LabelSelector | undefined
}
const MetricIdentifier: Codec<MetricIdentifier> = record<MetricIdentifier>('an object', {
  name: text,
  selector: optional(LabelSelector),
})

interface IdentifiedMetric {
  readonly metric: MetricIdentifier
  readonly target: MetricTarget
}
const metricFields = { metric: MetricIdentifier, target: MetricTarget }

/** A reference to an object by its kind and name. */
export interface CrossVersionObjectReference {
  readonly apiVersion: string | undefined
  readonly kind: string
  readonly name: string
}
const CrossVersionObjectReference: Codec<CrossVersionObjectReference> = record('an object', {
  apiVersion: optional(text),
  kind: text,
  name: text,
})

/** What an autoscaler measures: the source that `type` names. */
export interface MetricSpec {
  readonly type: string
  readonly resource: { readonly name: string; readonly target: MetricTarget } | undefined
  readonly containerResource:
    | { readonly name: string; readonly container: string; readonly target: MetricTarget }
    | undefined
  readonly pods: IdentifiedMetric | undefined
  readonly object:
    | (IdentifiedMetric & { readonly describedObject: CrossVersionObjectReference })
    | undefined
  readonly external: IdentifiedMetric | undefined
}
const MetricSpec: Codec<MetricSpec> = record<MetricSpec>('an object', {
  type: text,
  resource: optional(record('an object', { name: text, target: MetricTarget })),
  containerResource: optional(
    record('an object', { name: text, container: text, target: MetricTarget }),
  ),
  pods: optional(record<IdentifiedMetric>('an object', metricFields)),
  object: optional(
    record('an object', { ...metricFields, describedObject: CrossVersionObjectReference }),
  ),
  external: optional(record<IdentifiedMetric>('an object', metricFields)),
})

/** How many pods, or percent of them, may come or go within a period. */
export interface HPAScalingPolicy {
  readonly type: 'Pods' | 'Percent'
  readonly value: number
  readonly periodSeconds: number
}
const HPAScalingPolicy: Codec<HPAScalingPolicy> = record<HPAScalingPolicy>('an object', {
  type: oneOf(['Pods', 'Percent'] as const),
  value: count,
  periodSeconds: count,
})

/** How an autoscaler scales in one direction. */
export interface HPAScalingRules {
  readonly stabilizationWindowSeconds: number | undefined
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled' | undefined
  /** An absent list is filled in by defaults; the API server refuses an empty one. */
  readonly policies: readonly HPAScalingPolicy[]
  readonly tolerance: Quantity | undefined
}
const HPAScalingRules: Codec<HPAScalingRules> = record<HPAScalingRules>('an object', {
  stabilizationWindowSeconds: optional(count),
  selectPolicy: optional(oneOf(['Max', 'Min', 'Disabled'] as const)),
  policies: listOrEmpty(HPAScalingPolicy),
  tolerance: optional(quantity),
})

/** How an autoscaler scales up and down. */
export interface HorizontalPodAutoscalerBehavior {
  readonly scaleUp: HPAScalingRules | undefined
  readonly scaleDown: HPAScalingRules | undefined
}

/** An autoscaler; one of version 1 is read as the same of version 2. */
export interface HorizontalPodAutoscaler {
  readonly metadata: Metadata
  readonly spec: {
    readonly scaleTargetRef: CrossVersionObjectReference
    readonly minReplicas: number | undefined
    readonly maxReplicas: number
    readonly metrics: readonly MetricSpec[]
    readonly behavior: HorizontalPodAutoscalerBehavior | undefined
  }
}

const scalingFields = {
  scaleTargetRef: CrossVersionObjectReference,
  minReplicas: optional(count),
  maxReplicas: count,
}

const version2: Codec<HorizontalPodAutoscaler> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    ...scalingFields,
    metrics: listOrEmpty(MetricSpec),
    behavior: optional(
      record('an object', {
        scaleUp: optional(HPAScalingRules),
        scaleDown: optional(HPAScalingRules),
      }),
    ),
  }),
})

const version1 = record('an object', {
  metadata: Metadata,
  spec: record('an object', { ...scalingFields, targetCPUUtilizationPercentage: optional(int32) }),
})

export const HorizontalPodAutoscaler: Codec<HorizontalPodAutoscaler> = new t.Type(
  version2.name,
  version2.is,
  (value, context) => {
    if (!isObject(value) || own(value, 'apiVersion') !== 'autoscaling/v1')
      return version2.validate(value, context)
    const read = version1.validate(value, context)
    if (read._tag === 'Left') return read
    const { metadata, spec } = read.right
    const { targetCPUUtilizationPercentage: percent, ...rest } = spec
    const metrics = percent === undefined ? [] : [cpuUtilization(percent)]
    return t.success({ metadata, spec: { ...rest, metrics, behavior: undefined } })
  },
  t.identity,
)

/** The metric of an autoscaler that states nothing but the utilization of the CPU, in percent. */
export const cpuUtilization = (averageUtilization: number): MetricSpec => ({
  type: 'Resource',
  resource: {
    name: 'cpu',
    target: {
      ...{ type: 'Utilization', averageUtilization },
      ...{ averageValue: undefined, value: undefined },
    },
  },
  ...{ containerResource: undefined, pods: undefined, object: undefined, external: undefined },
})
