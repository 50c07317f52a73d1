/**
 * Defines the types and codecs of ResourceSlices, which publish devices and the nodes that reach
 * them, and of DeviceTaintRules, which taint devices.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation", and the API references of
 * ResourceSlice and DeviceTaintRule (resource.k8s.io/v1). Fields of features that are off by
 * default in Kubernetes 1.37 are not read.
 */
import {
  dictionary,
  flag,
  listOrEmpty,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import { Metadata } from './metadata.js'
import { NodeSelector } from './node-selector.js'
import { Size } from './persistent-volume.js'
import type { Quantity } from './quantity.js'
import { int64 } from './whole-number.js'

/** A value that describes a device; exactly one field is set. */
export interface DeviceAttribute {
  readonly int: number | undefined
  readonly bool: boolean | undefined
  readonly string: string | undefined
  /** A semantic version. */
  readonly version: string | undefined
}
const DeviceAttribute: Codec<DeviceAttribute> = record<DeviceAttribute>('an object', {
  int: optional(int64),
  bool: optional(flag),
  string: optional(text),
  version: optional(text),
})

/** The amounts that one request may take of a capacity that several requests share. */
export interface CapacityRange {
  readonly min: Quantity | undefined
  readonly max: Quantity | undefined
  readonly step: Quantity | undefined
}

/** How much a request takes of a capacity that several requests share. */
export interface CapacityPolicy {
  /** What a request takes that names no amount. */
  readonly default: Quantity | undefined
  readonly validValues: readonly Quantity[]
  readonly validRange: CapacityRange | undefined
}
const CapacityPolicy: Codec<CapacityPolicy> = record<CapacityPolicy>('an object', {
  default: optional(Size),
  validValues: listOrEmpty(Size),
  validRange: optional(
    record<CapacityRange>('an object', {
      min: optional(Size),
      max: optional(Size),
      step: optional(Size),
    }),
  ),
})

/** An amount of something that a device has. */
export interface DeviceCapacity {
  readonly value: Quantity
  readonly requestPolicy: CapacityPolicy | undefined
}
const DeviceCapacity: Codec<DeviceCapacity> = record<DeviceCapacity>('an object', {
  value: Size,
  requestPolicy: optional(CapacityPolicy),
})

/** Amounts by the name of a counter. */
export type Counters = ReadonlyMap<string, { readonly value: Quantity }>
const Counters: Codec<Counters> = dictionary(
  record<{ readonly value: Quantity }>('an object', { value: Size }),
)

/** What a device takes of the counters that the devices of a pool share. */
export interface CounterConsumption {
  readonly counterSet: string
  readonly counters: Counters
}
const CounterConsumption: Codec<CounterConsumption> = record<CounterConsumption>('an object', {
  counterSet: text,
  counters: Counters,
})

/** Counters that the devices of a pool share, such as the memory of a card that is partitioned. */
export interface CounterSet {
  readonly name: string
  readonly counters: Counters
}
const CounterSet: Codec<CounterSet> = record<CounterSet>('an object', {
  name: text,
  counters: Counters,
})

/** A taint keeps claims that do not tolerate it away from a device. */
export interface DeviceTaint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}
const DeviceTaint: Codec<DeviceTaint> = record<DeviceTaint>('an object', {
  key: text,
  value: optional(text),
  effect: text,
})

/** The nodes that reach the devices of a slice, or one device of it. */
export interface NodeReach {
  readonly nodeName: string | undefined
  readonly nodeSelector: NodeSelector | undefined
  readonly allNodes: boolean | undefined
}
const nodeReach = {
  nodeName: optional(text),
  nodeSelector: optional(NodeSelector),
  allNodes: optional(flag),
}

/** A device. A name of an attribute or a capacity without a domain is one of the driver. */
export interface Device extends NodeReach {
  readonly name: string
  readonly attributes: ReadonlyMap<string, DeviceAttribute>
  readonly capacity: ReadonlyMap<string, DeviceCapacity>
  readonly consumesCounters: readonly CounterConsumption[]
  readonly taints: readonly DeviceTaint[]
  /** Whether an allocation of the device is bound to the node for which it was made. */
  readonly bindsToNode: boolean | undefined
  readonly bindingConditions: readonly string[]
  readonly allowMultipleAllocations: boolean | undefined
}
const Device: Codec<Device> = record<Device>('an object', {
  ...nodeReach,
  name: text,
  attributes: dictionary(DeviceAttribute),
  capacity: dictionary(DeviceCapacity),
  consumesCounters: listOrEmpty(CounterConsumption),
  taints: listOrEmpty(DeviceTaint),
  bindsToNode: optional(flag),
  bindingConditions: listOrEmpty(text),
  allowMultipleAllocations: optional(flag),
})

/** A pool of devices, which one or more slices publish together. */
export interface ResourcePool {
  readonly name: string
  /** Slices of an older generation are ignored. */
  readonly generation: number
  readonly resourceSliceCount: number
}
const ResourcePool: Codec<ResourcePool> = record<ResourcePool>('an object', {
  name: text,
  generation: int64,
  resourceSliceCount: int64,
})

/** Devices of a driver, or the counters that its devices share. */
export interface ResourceSlice {
  readonly metadata: Metadata
  readonly spec: ResourceSliceSpec
}
/** The content of a slice. */
export interface ResourceSliceSpec extends NodeReach {
  readonly driver: string
  readonly pool: ResourcePool
  readonly devices: readonly Device[]
  /** Whether each device states its nodes. */
  readonly perDeviceNodeSelection: boolean | undefined
  readonly sharedCounters: readonly CounterSet[]
}
export const ResourceSlice: Codec<ResourceSlice> = record<ResourceSlice>('an object', {
  metadata: Metadata,
  spec: record<ResourceSliceSpec>('an object', {
    ...nodeReach,
    driver: text,
    pool: ResourcePool,
    devices: listOrEmpty(Device),
    perDeviceNodeSelection: optional(flag),
    sharedCounters: listOrEmpty(CounterSet),
  }),
})

/** Which devices a rule taints: those that match every field. */
export interface TaintedDevices {
  readonly driver: string | undefined
  readonly pool: string | undefined
  readonly device: string | undefined
}

/** A taint for all selected devices; without a selector, for none. */
export interface DeviceTaintRule {
  readonly metadata: Metadata
  readonly spec: {
    readonly deviceSelector: TaintedDevices | undefined
    readonly taint: DeviceTaint
  }
}
export const DeviceTaintRule: Codec<DeviceTaintRule> = record<DeviceTaintRule>('an object', {
  metadata: Metadata,
  spec: record<DeviceTaintRule['spec']>('an object', {
    deviceSelector: optional(
      record<TaintedDevices>('an object', {
        driver: optional(text),
        pool: optional(text),
        device: optional(text),
      }),
    ),
    taint: DeviceTaint,
  }),
})
