/** Pods and the templates that workloads make them from. */
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

export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers: readonly Container[]
  /** Pod-level resources, which replace those of the containers where they name one. */
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
  /** `Never`: it makes no other pod go. */
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

/** What a node says of resources: nothing at all is not the same as nothing of any resource. */
interface ResourcesStatus {
  /** In effect. */
  readonly resources: { readonly requests: Amounts | undefined } | undefined
  /** Set aside. */
  readonly allocatedResources: Amounts | undefined
}
const resourcesStatus = {
  resources: optional(t.type({ requests: optional(Amounts) }, 'an object')),
  allocatedResources: optional(Amounts),
}

export interface ContainerStatus extends ResourcesStatus {
  readonly name: string
}
const ContainerStatus: Decoder<ContainerStatus> = t.type(
  { name: text, ...resourcesStatus },
  'an object',
)

export interface PodStatus extends ResourcesStatus {
  readonly phase: string | undefined
  readonly startTime: string | undefined
  /** Where room is being made for it. */
  readonly nominatedNodeName: string | undefined
  readonly conditions: readonly PodCondition[]
  readonly resourceClaimStatuses: readonly PodResourceClaimStatus[]
  readonly containerStatuses: readonly ContainerStatus[]
  readonly initContainerStatuses: readonly ContainerStatus[]
}
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

/** The metadata of a template is that of its pods, which have no name of their own yet. */
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
