/**
 * Defines the devices of a cluster as an immutable value: ResourceSlices, DeviceClasses, claims,
 * templates, and the devices of placed pods whose claims do not exist as objects. Allocating or
 * releasing devices makes a new value.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation".
 */
import { sumHeld, type HeldDevices } from '../allocator/held.js'
import { indexSlices, type SliceIndex } from '../allocator/pool.js'
import { rememberedSelection, type Selection } from '../allocator/selection.js'
import type {
  AllocatedDevice,
  Allocation,
  ClaimConsumer,
  DeviceClass,
  ResourceClaim,
  ResourceClaimTemplate,
} from '../words/resource-claim.js'

/** The devices of a cluster. */
export interface Devices {
  readonly index: SliceIndex
  /** By name. */
  readonly classes: ReadonlyMap<string, DeviceClass>
  /** The class that meets an extended resource, by the name of the resource. */
  readonly classOf: ReadonlyMap<string, DeviceClass>
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, ResourceClaim>
  /** By `namespace/name`. */
  readonly templates: ReadonlyMap<string, ResourceClaimTemplate>
  readonly placed: readonly PlacedDevices[]
  readonly selection: Selection
}

/** Devices of a placed pod whose claims are no objects; a pod of a template has no name. */
export interface PlacedDevices {
  readonly pod: string | undefined
  readonly devices: readonly AllocatedDevice[]
}

/** A cluster without devices. */
export const noDevices: Devices = {
  index: indexSlices([]),
  classes: new Map(),
  classOf: new Map(),
  claims: new Map(),
  templates: new Map(),
  placed: [],
  selection: rememberedSelection(),
}

/** Everything that is allocated, to claims and to placed pods. */
export const devicesHeld = ({ claims, placed }: Devices): HeldDevices =>
  sumHeld([
    ...[...claims.values()].flatMap(({ status }) => status?.allocation?.devices.results ?? []),
    ...placed.flatMap(({ devices }) => devices),
  ])

/** Allocates to a claim that has no allocation yet, and adds the pod that uses it. */
export const withAllocation = (
  devices: Devices,
  name: string,
  allocation: Allocation | undefined,
  pod: ClaimConsumer,
): Devices => {
  const claim = devices.claims.get(name)
  if (claim === undefined) return devices
  const status = {
    allocation: claim.status?.allocation ?? allocation,
    reservedFor: [...(claim.status?.reservedFor ?? []), pod],
  }
  return { ...devices, claims: new Map([...devices.claims, [name, { ...claim, status }]]) }
}

/**
 * Releases the devices of a pod that is gone. A claim that no other pod uses loses its allocation,
 * as its controller would see to.
 */
export const releasedBy = (devices: Devices, namespace: string, name: string): Devices => {
  const pod = `${namespace}/${name}`
  const isGone = (consumer: ClaimConsumer): boolean =>
    consumer.resource === 'pods' && consumer.name === name
  const changed = [...devices.claims].flatMap(([key, claim]) => {
    const { status } = claim
    if (!key.startsWith(`${namespace}/`) || status?.reservedFor.some(isGone) !== true) return []
    const reservedFor = status.reservedFor.filter((one) => !isGone(one))
    const allocation = reservedFor.length === 0 ? undefined : status.allocation
    return [[key, { ...claim, status: { allocation, reservedFor } }] as const]
  })
  const placed = devices.placed.filter((one) => one.pod !== pod)
  if (changed.length === 0 && placed.length === devices.placed.length) return devices
  return { ...devices, placed, claims: new Map([...devices.claims, ...changed]) }
}
