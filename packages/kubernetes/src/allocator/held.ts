/**
 * Sums up the allocations of devices: (1) which devices are allocated as a whole to one claim; (2)
 * how much capacity is consumed of devices that several claims share. Allocations with admin access
 * do not count.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (admin access, consumable
 * capacity).
 */
import type { AllocatedDevice } from '../words/resource-claim.js'
import { add, zero, type Quantity } from '../words/quantity.js'
import { allocatedId, type DeviceId } from './device-id.js'

/** CapacityAmounts by the name of a capacity. */
export type CapacityAmounts = ReadonlyMap<string, Quantity>

/** What is allocated of devices. */
export interface HeldDevices {
  readonly whole: ReadonlySet<DeviceId>
  /** Devices of which shares are allocated. */
  readonly shared: ReadonlySet<DeviceId>
  /** What the shares take together. */
  readonly capacity: ReadonlyMap<DeviceId, CapacityAmounts>
}

/** Sums allocations. */
export const sumHeld = (allocated: Iterable<AllocatedDevice>): HeldDevices => {
  const whole = new Set<DeviceId>()
  const shared = new Set<DeviceId>()
  const capacity = new Map<DeviceId, CapacityAmounts>()
  for (const one of allocated) {
    if (one.adminAccess === true) continue
    const id = allocatedId(one)
    if (one.shareID === undefined) {
      whole.add(id)
      continue
    }
    shared.add(id)
    if (one.consumedCapacity.size > 0)
      capacity.set(id, sumOf(capacity.get(id) ?? new Map(), one.consumedCapacity))
  }
  return { whole, shared, capacity }
}

/** The sum of two amounts, name by name. */
export const sumOf = (one: CapacityAmounts, other: CapacityAmounts): CapacityAmounts => {
  const sum = new Map(one)
  for (const [name, quantity] of other) sum.set(name, add(sum.get(name) ?? zero, quantity))
  return sum
}

/** Whether the device, or a share of it, is allocated. */
export const isHeld = ({ whole, shared }: HeldDevices, id: DeviceId): boolean =>
  whole.has(id) || shared.has(id)
