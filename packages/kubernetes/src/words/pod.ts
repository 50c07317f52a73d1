/**
 * Defines the types and codecs of pods, and of the pod templates from which workloads create pods.
 */
import { flag, listOrEmpty, optional, record, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { Amounts } from './amounts.js'
import { Container, Resources } from './container.js'
import { int32 } from './whole-number.js'
import type { Labels } from './label-selector.js'
import { Metadata } from './metadata.js'
import { NodeAffinity } from './node-selector.js'
import { PodAffinity } from './pod-affinity.js'
import { PodResourceClaim, PodResourceClaimStatus } from './resource-claim.js'
import { TopologySpreadConstraints, type TopologySpreadConstraint } from './spread-constraint.js'
import { Toleration } from './taint.js'
import { Volume } from './volume.js'
import { texts } from './label.js'

/** What a pod asks of nodes, and of the pods around it. */
interface Affinity {
  readonly nodeAffinity: NodeAffinity | undefined
  readonly podAffinity: PodAffinity | undefined
  readonly podAntiAffinity: PodAffinity | undefined
}
const Affinity: Codec<Affinity> = record<Affinity>('an object', {
  nodeAffinity: optional(NodeAffinity),
  podAffinity: optional(PodAffinity),
  podAntiAffinity: optional(PodAffinity),
})

/** A pod spec, with the fields that scheduling reads. */
export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers: readonly Container[]
  /** Pod-level resources. They replace the containers' amounts of each resource that they name. */
  readonly resources: Resources
  readonly overhead: Amounts
  readonly nodeName: string | undefined
  readonly nodeSelector: ReadonlyMap<string, string>
  readonly affinity: Affinity | undefined
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[]
  readonly tolerations: readonly Toleration[]
  readonly hostNetwork: boolean | undefined
  readonly hostUsers: boolean | undefined
  /** The operating system of the pod's containers. */
  readonly os: { readonly name: string } | undefined
  readonly volumes: readonly Volume[]
  readonly priority: number | undefined
  readonly priorityClassName: string | undefined
  /** With `Never` the pod preempts no other pod. */
  readonly preemptionPolicy: string | undefined
  readonly schedulerName: string | undefined
  readonly schedulingGates: readonly { readonly name: string }[]
  readonly resourceClaims: readonly PodResourceClaim[]
}

const containers: Codec<readonly Container[]> = new t.Type(
  'a list',
  listOrEmpty(Container).is,
  (value, context) =>
    Array.isArray(value) && value.length > 0
      ? listOrEmpty(Container).validate(value, context)
      : t.failure(value, context, 'a list of containers, at least one'),
  (value) => value,
)

export const PodSpec: Codec<PodSpec> = record<PodSpec>('an object', {
  containers,
  initContainers: listOrEmpty(Container),
  resources: Resources,
  overhead: Amounts,
  nodeName: optional(text),
  nodeSelector: texts,
  affinity: optional(Affinity),
  topologySpreadConstraints: TopologySpreadConstraints,
  tolerations: listOrEmpty(Toleration),
  hostNetwork: optional(flag),
  hostUsers: optional(flag),
  os: optional(record('an object', { name: text })),
  volumes: listOrEmpty(Volume),
  priority: optional(int32),
  priorityClassName: optional(text),
  preemptionPolicy: optional(text),
  schedulerName: optional(text),
  schedulingGates: listOrEmpty(record('an object', { name: text })),
  resourceClaims: listOrEmpty(PodResourceClaim),
})

/** Resources that the kubelet reports. `undefined` means not reported; an empty map means none. */
interface ResourcesStatus {
  /** In effect on the node. */
  readonly resources: { readonly requests: Amounts | undefined } | undefined
  /** Set aside by the kubelet. */
  readonly allocatedResources: Amounts | undefined
}
const resourcesStatus = {
  resources: optional(record('an object', { requests: optional(Amounts) })),
  allocatedResources: optional(Amounts),
}

/** The resources of one container, by its name. */
export interface ContainerStatus extends ResourcesStatus {
  readonly name: string
}
const ContainerStatus: Codec<ContainerStatus> = record<ContainerStatus>('an object', {
  name: text,
  ...resourcesStatus,
})

/** A pod status, with the fields that scheduling reads. */
export interface PodStatus extends ResourcesStatus {
  readonly phase: string | undefined
  readonly startTime: string | undefined
  /** The node on which preemption makes room for the pod. */
  readonly nominatedNodeName: string | undefined
  readonly conditions: readonly PodCondition[]
  readonly resourceClaimStatuses: readonly PodResourceClaimStatus[]
  readonly containerStatuses: readonly ContainerStatus[]
  readonly initContainerStatuses: readonly ContainerStatus[]
}
/** A condition such as PodScheduled. */
export interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
}
export const PodStatus: Codec<PodStatus> = record<PodStatus>('an object', {
  ...resourcesStatus,
  phase: optional(text),
  startTime: optional(text),
  nominatedNodeName: optional(text),
  conditions: listOrEmpty(
    record('an object', { type: text, status: text, reason: optional(text) }),
  ),
  resourceClaimStatuses: listOrEmpty(PodResourceClaimStatus),
  containerStatuses: listOrEmpty(ContainerStatus),
  initContainerStatuses: listOrEmpty(ContainerStatus),
})

/** A pod as the API server has it. */
export interface Pod {
  readonly metadata: Metadata
  readonly spec: PodSpec
  readonly status: PodStatus | undefined
}
export const Pod: Codec<Pod> = record<Pod>('an object', {
  metadata: Metadata,
  spec: PodSpec,
  status: optional(PodStatus),
})

/** A pod template. Its metadata becomes that of its pods, which have no name yet. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels } | undefined
  readonly spec: PodSpec
}
export const PodTemplate: Codec<PodTemplate> = record<PodTemplate>('an object', {
  metadata: optional(record('an object', { labels: texts })),
  spec: PodSpec,
})
