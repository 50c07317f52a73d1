/**
 * Scores a node by storage utilization: computes a score for each StorageClass, and returns the
 * mean. A score is read from a curve (`shape` in the arguments of the plugin VolumeBinding) at the
 * percentage of the capacity that is requested.
 *
 * Source: Kubernetes documentation, "Storage Capacity", and the API reference of VolumeBindingArgs
 * (shape).
 */
import type { Shape } from '../plugin/profile.js'
import type { Quantity } from '../words/quantity.js'
import { zero } from '../words/quantity.js'
import type { SearchResult } from './search.js'
import { classNameOf, claimSize, volumeSize } from '../surroundings/storage.js'

interface CapacityUse {
  readonly demand: bigint
  readonly of: bigint
}

/**
 * The utilization score of what the search found on a node, 0 to 100; 0 when nothing counts. If the
 * search found existing volumes to bind, only these count.
 */
export const scoreOf = (found: SearchResult, shape: Shape): number => {
  const uses = [...(found.bound.length > 0 ? boundUse(found) : madeUse(found)).values()]
  if (uses.length === 0) return 0
  const sum = uses.reduce((total, use) => total + valueAt(percentOf(use), shape), 0)
  return Math.round(sum / uses.length)
}

/** A quantity in whole bytes, rounded up. */
const wholeBytes = (quantity: Quantity): bigint => (quantity + 999_999_999n) / 1_000_000_000n

const boundUse = ({ bound }: SearchResult): ReadonlyMap<string, CapacityUse> => {
  const uses = new Map<string, CapacityUse>()
  for (const [claim, volume] of bound) {
    const name = volume.spec.storageClassName ?? ''
    const before = uses.get(name) ?? { demand: 0n, of: 0n }
    uses.set(name, {
      demand: before.demand + wholeBytes(claimSize(claim.spec) ?? zero),
      of: before.of + wholeBytes(volumeSize(volume)),
    })
  }
  return uses
}

/**
 * Use by volumes to be provisioned. Volumes of one class share one capacity, so capacities are not
 * summed: the last one counts.
 */
const madeUse = ({ made }: SearchResult): ReadonlyMap<string, CapacityUse> => {
  const uses = new Map<string, CapacityUse>()
  for (const [claim, capacity] of made) {
    if (capacity === undefined) continue
    const name = classNameOf(claim)
    const demand = (uses.get(name)?.demand ?? 0n) + wholeBytes(claimSize(claim.spec) ?? zero)
    uses.set(name, { demand, of: wholeBytes(capacity.capacity ?? zero) })
  }
  return uses
}

const percentOf = ({ demand, of }: CapacityUse): number =>
  of === 0n ? 100 : Number((demand * 100n) / of)

/**
 * Interpolates linearly between two points of the shape, rounded toward 0. Shape scores of 0 to 10
 * become 0 to 100.
 */
const valueAt = (percent: number, shape: Shape): number => {
  const after = shape.findIndex(([utilization]) => percent <= utilization)
  const [utilization, score] = shape[after < 0 ? shape.length - 1 : after] ?? [0, 0]
  const before = shape[after - 1]
  if (before === undefined) return score * 10
  const rise = (score - before[1]) * 10 * (percent - before[0])
  return before[1] * 10 + Math.trunc(rise / (utilization - before[0]))
}
