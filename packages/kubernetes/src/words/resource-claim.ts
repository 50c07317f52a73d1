/**
 * Defines the types and codecs of ResourceClaims and their templates, by which pods claim devices,
 * and of DeviceClasses, which select devices. Configuration for drivers is not read, because it
 * does not affect scheduling.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation", and the API references of
 * ResourceClaim, ResourceClaimTemplate and DeviceClass (resource.k8s.io/v1). Fields of features
 * that are off by default in Kubernetes 1.37 are not read.
 */
import {
  codecOf,
  dictionary,
  flag,
  listOrEmpty,
  optional,
  record,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import { AnnotatedMetadata, Metadata } from './metadata.js'
import { NodeSelector } from './node-selector.js'
import { Size } from './persistent-volume.js'
import type { Quantity } from './quantity.js'
import { int64 } from './whole-number.js'

/** A condition on a device, in CEL. */
export interface DeviceSelector {
  readonly cel: { readonly expression: string } | undefined
}
const DeviceSelector: Codec<DeviceSelector> = record<DeviceSelector>('an object', {
  cel: optional(record<{ readonly expression: string }>('an object', { expression: text })),
})

/** The taints of devices that a request tolerates. */
export interface DeviceToleration {
  readonly key: string | undefined
  readonly operator: string | undefined
  readonly value: string | undefined
  readonly effect: string | undefined
}
const DeviceToleration: Codec<DeviceToleration> = record<DeviceToleration>('an object', {
  key: optional(text),
  operator: optional(text),
  value: optional(text),
  effect: optional(text),
})

/** What a request takes of the capacity of a device. */
export interface CapacityRequest {
  readonly requests: ReadonlyMap<string, Quantity>
}

/** Devices of one class; an alternative of a request. */
export interface SubRequest {
  readonly name: string
  readonly deviceClassName: string
  readonly selectors: readonly DeviceSelector[]
  /** `ExactCount` or `All`. */
  readonly allocationMode: string
  readonly count: number
  readonly tolerations: readonly DeviceToleration[]
  readonly capacity: CapacityRequest | undefined
}
/** Devices of one class. */
export interface ExactRequest extends Omit<SubRequest, 'name'> {
  /** Whether the devices may be in use, for monitoring. */
  readonly adminAccess: boolean | undefined
}
/** The API server stores a count of 0 as 1. */
const deviceCount: Codec<number> = codecOf(int64.name, (value) =>
  int64.is(value) ? value || 1 : undefined,
)
const exactFields = {
  deviceClassName: withDefault(text, ''),
  selectors: listOrEmpty(DeviceSelector),
  allocationMode: withDefault(text, 'ExactCount'),
  count: withDefault(deviceCount, 1),
  tolerations: listOrEmpty(DeviceToleration),
  capacity: optional(record<CapacityRequest>('an object', { requests: dictionary(Size) })),
}

/** Devices that a claim requests, exactly or by the first alternative that is available. */
export interface DeviceRequest {
  readonly name: string
  readonly exactly: ExactRequest | undefined
  readonly firstAvailable: readonly SubRequest[]
}
const DeviceRequest: Codec<DeviceRequest> = record<DeviceRequest>('an object', {
  name: text,
  exactly: optional(
    record<ExactRequest>('an object', { ...exactFields, adminAccess: optional(flag) }),
  ),
  firstAvailable: listOrEmpty(record<SubRequest>('an object', { name: text, ...exactFields })),
})

/** An attribute in which the devices of some requests, or of all, agree or differ. */
export interface DeviceConstraint {
  readonly requests: readonly string[]
  readonly matchAttribute: string | undefined
  readonly distinctAttribute: string | undefined
}
const DeviceConstraint: Codec<DeviceConstraint> = record<DeviceConstraint>('an object', {
  requests: listOrEmpty(text),
  matchAttribute: optional(text),
  distinctAttribute: optional(text),
})

/** The devices that a claim requests. */
export interface DeviceClaim {
  readonly requests: readonly DeviceRequest[]
  readonly constraints: readonly DeviceConstraint[]
}
/** What is claimed. */
export interface ResourceClaimSpec {
  readonly devices: DeviceClaim
}
const ResourceClaimSpec: Codec<ResourceClaimSpec> = record<ResourceClaimSpec>('an object', {
  devices: withDefault(
    record<DeviceClaim>('an object', {
      requests: listOrEmpty(DeviceRequest),
      constraints: listOrEmpty(DeviceConstraint),
    }),
    { requests: [], constraints: [] },
  ),
})

/** A device that is allocated for a request, `request/subrequest` for an alternative. */
export interface AllocatedDevice {
  readonly request: string
  readonly driver: string
  readonly pool: string
  readonly device: string
  readonly adminAccess: boolean | undefined
  /** Set for a share of a device that allows several allocations. */
  readonly shareID: string | undefined
  readonly consumedCapacity: ReadonlyMap<string, Quantity>
}
export const AllocatedDevice: Codec<AllocatedDevice> = record<AllocatedDevice>('an object', {
  request: text,
  driver: text,
  pool: text,
  device: text,
  adminAccess: optional(flag),
  shareID: optional(text),
  consumedCapacity: dictionary(Size),
})

/** The devices of a claim, and the nodes that reach all of them; all nodes without a selector. */
export interface Allocation {
  readonly devices: { readonly results: readonly AllocatedDevice[] }
  readonly nodeSelector: NodeSelector | undefined
}
export const Allocation: Codec<Allocation> = record<Allocation>('an object', {
  devices: withDefault(
    record<Allocation['devices']>('an object', { results: listOrEmpty(AllocatedDevice) }),
    { results: [] },
  ),
  nodeSelector: optional(NodeSelector),
})

/** A pod that uses an allocated claim, or another consumer. */
export interface ClaimConsumer {
  readonly resource: string | undefined
  readonly name: string | undefined
  readonly uid: string | undefined
}
/** The allocation of a claim, and who uses it. */
export interface ResourceClaimStatus {
  readonly allocation: Allocation | undefined
  readonly reservedFor: readonly ClaimConsumer[]
}

/** A claim on devices. */
export interface ResourceClaim {
  readonly metadata: AnnotatedMetadata
  readonly spec: ResourceClaimSpec
  readonly status: ResourceClaimStatus | undefined
}
export const ResourceClaim: Codec<ResourceClaim> = record<ResourceClaim>('an object', {
  metadata: AnnotatedMetadata,
  spec: withDefault(ResourceClaimSpec, { devices: { requests: [], constraints: [] } }),
  status: optional(
    record<ResourceClaimStatus>('an object', {
      allocation: optional(Allocation),
      reservedFor: listOrEmpty(
        record<ClaimConsumer>('an object', {
          resource: optional(text),
          name: optional(text),
          uid: optional(text),
        }),
      ),
    }),
  ),
})

/** A template from which a controller makes a claim for each pod that names it. */
export interface ResourceClaimTemplate {
  readonly metadata: Metadata
  readonly spec: { readonly spec: ResourceClaimSpec }
}
export const ResourceClaimTemplate: Codec<ResourceClaimTemplate> = record<ResourceClaimTemplate>(
  'an object',
  {
    metadata: Metadata,
    spec: record<ResourceClaimTemplate['spec']>('an object', { spec: ResourceClaimSpec }),
  },
)

/** A class of devices: those that match all selectors. */
export interface DeviceClass {
  readonly metadata: AnnotatedMetadata
  readonly spec: {
    readonly selectors: readonly DeviceSelector[]
    /** The resource name by which pods may request the devices without a claim. */
    readonly extendedResourceName: string | undefined
  }
}
const noSelectors = { selectors: [], extendedResourceName: undefined }
export const DeviceClass: Codec<DeviceClass> = record<DeviceClass>('an object', {
  metadata: AnnotatedMetadata,
  spec: withDefault(
    record<DeviceClass['spec']>('an object', {
      selectors: listOrEmpty(DeviceSelector),
      extendedResourceName: optional(text),
    }),
    noSelectors,
  ),
})

/** A claim that a pod uses: an existing one by its name, or one that is made from a template. */
export interface PodResourceClaim {
  readonly name: string
  readonly resourceClaimName: string | undefined
  readonly resourceClaimTemplateName: string | undefined
}
export const PodResourceClaim: Codec<PodResourceClaim> = record<PodResourceClaim>('an object', {
  name: text,
  resourceClaimName: optional(text),
  resourceClaimTemplateName: optional(text),
})

/** The claim that was made for the pod; without a claim name, none was needed. */
export type PodResourceClaimStatus = Omit<PodResourceClaim, 'resourceClaimTemplateName'>
export const PodResourceClaimStatus: Codec<PodResourceClaimStatus> = record<PodResourceClaimStatus>(
  'an object',
  { name: text, resourceClaimName: optional(text) },
)
