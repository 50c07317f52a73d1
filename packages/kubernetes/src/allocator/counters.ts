/**
 * Computes how much is free of the counters of a pool of devices, such as the memory of a GPU that
 * is divided into partitions: the total of each counter minus what the allocated devices consume.
 *
 * Source: Kubernetes documentation, "Dynamic Resource Allocation" (partitionable devices).
 */
import type { CounterConsumption } from '../words/resource-slice.js'
import { add, zero, type Quantity } from '../words/quantity.js'
import { deviceIdOf } from './device-id.js'
import { isHeld, type HeldDevices } from './held.js'
import type { Pool } from './pool.js'

/** Amounts by counter set and counter; negative when more is allocated than there is. */
export type CounterAmounts = Map<string, Map<string, Quantity>>

/** What the allocated devices of a pool leave of its counters. */
export const countersLeft = (
  { counterSets, slices, otherSlices }: Pool,
  held: HeldDevices,
): CounterAmounts => {
  const left: CounterAmounts = new Map(
    [...counterSets].map(([name, { counters }]) => [
      name,
      new Map([...counters].map(([counter, { value }]) => [counter, value])),
    ]),
  )
  for (const slice of [...slices, ...otherSlices])
    for (const device of slice.spec.devices)
      if (isHeld(held, deviceIdOf(slice, device))) consume(left, device.consumesCounters, -1n)
  return left
}

/** Adds what a device takes, or takes it away with a negative sign. */
export const consume = (
  amounts: CounterAmounts,
  consumption: readonly CounterConsumption[],
  sign: 1n | -1n,
): void => {
  for (const { counterSet, counters } of consumption) {
    const set = amounts.get(counterSet) ?? new Map<string, Quantity>()
    amounts.set(counterSet, set)
    for (const [name, { value }] of counters)
      set.set(name, add(set.get(name) ?? zero, (sign * value) as Quantity))
  }
}

/** Whether no counter of the pool is exceeded, also none that these devices do not take. */
export const areCountersLeft = (left: CounterAmounts, consumed: CounterAmounts): boolean =>
  [...left].every(([set, counters]) =>
    [...counters].every(([name, value]) => value >= (consumed.get(set)?.get(name) ?? zero)),
  )
