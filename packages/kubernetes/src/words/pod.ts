/** Pods, and the pod templates from which workloads create them. */
import * as t from 'io-ts'
import { Amounts } from './amounts.js'
import { Container, Resources } from './container.js'
import { dictionary, flag, int32, list, optional, text, type Decoder } from './decode.js'
import type { Labels } from './label-selector.js'
import { Metadata } from './metadata.js'
import { Affinity } from './affinity.js'
import { PodResourceClaim, PodResourceClaimStatus } from './resource-claim.js'
import { TopologySpreadConstraint } from './spread-constraint.js'
import { Toleration } from './taint.js'
import { Volume } from './volume.js'

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
  readonly volumes: readonly Volume[]
  readonly priority: number | undefined
  readonly priorityClassName: string | undefined
  /** With `Never` the pod preempts no other pod. */
  readonly preemptionPolicy: string | undefined
  readonly schedulerName: string | undefined
  readonly schedulingGates: readonly { readonly name: string }[]
  readonly resourceClaims: readonly PodResourceClaim[]
}

const containers: Decoder<readonly Container[]> = new t.Type(
  'a list',
  list(Container).is,
  (value, context) =>
    Array.isArray(value) && value.length > 0
      ? list(Container).validate(value, context)
      : t.failure(value, context, 'a list of containers, at least one'),
  (value) => value,
)

export const PodSpec: Decoder<PodSpec> = t.type(
  {
    containers,
    initContainers: list(Container),
    resources: Resources,
    overhead: Amounts,
    nodeName: optional(text),
    nodeSelector: dictionary(text),
    affinity: optional(Affinity),
    topologySpreadConstraints: list(TopologySpreadConstraint),
    tolerations: list(Toleration),
    hostNetwork: optional(flag),
    hostUsers: optional(flag),
    volumes: list(Volume),
    priority: optional(int32),
    priorityClassName: optional(text),
    preemptionPolicy: optional(text),
    schedulerName: optional(text),
    schedulingGates: list(t.type({ name: text }, 'an object')),
    resourceClaims: list(PodResourceClaim),
  },
  'an object',
)

/** Resources that the kubelet reports. `undefined` means not reported; an empty map means none. */
interface ResourcesStatus {
  /** In effect on the node. */
  readonly resources: { readonly requests: Amounts | undefined } | undefined
  /** Set aside by the kubelet. */
  readonly allocatedResources: Amounts | undefined
}
const resourcesStatus = {
  resources: optional(t.type({ requests: optional(Amounts) }, 'an object')),
  allocatedResources: optional(Amounts),
}

/** The resources of one container, by its name. */
export interface ContainerStatus extends ResourcesStatus {
  readonly name: string
}
const ContainerStatus: Decoder<ContainerStatus> = t.type(
  { name: text, ...resourcesStatus },
  'an object',
)

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
const PodStatus: Decoder<PodStatus> = t.type(
  {
    ...resourcesStatus,
    phase: optional(text),
    startTime: optional(text),
    nominatedNodeName: optional(text),
    conditions: list(t.type({ type: text, status: text, reason: optional(text) }, 'an object')),
    resourceClaimStatuses: list(PodResourceClaimStatus),
    containerStatuses: list(ContainerStatus),
    initContainerStatuses: list(ContainerStatus),
  },
  'an object',
)

/** A pod as the API server has it. */
export interface Pod {
  readonly metadata: Metadata
  readonly spec: PodSpec
  readonly status: PodStatus | undefined
}
export const Pod: Decoder<Pod> = t.type({
  metadata: Metadata,
  spec: PodSpec,
  status: optional(PodStatus),
})

/** A pod template. Its metadata becomes that of its pods, which have no name yet. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels } | undefined
  readonly spec: PodSpec
}
export const PodTemplate: Decoder<PodTemplate> = t.type(
  {
    metadata: optional(t.type({ labels: dictionary(text) }, 'an object')),
    spec: PodSpec,
  },
  'an object',
)
