/**
 * How well a node's storage would be used: per class what is asked for of what there is, as a
 * profile's shape values that, and the mean of the classes. Volumes that are there to bind count
 * alone where there are any.
 *
 * Source: Kubernetes documentation, "Storage Capacity", and the API reference of VolumeBindingArgs
 * (shape).
 */
import type { Shape } from '../plugin/profile.js'
import type { Quantity } from '../words/quantity.js'
import { zero } from '../words/quantity.js'
import type { Found } from './search.js'
import { classNameOf, sizeAsked, sizeOf } from '../surroundings/storage.js'

interface Use {
  readonly asked: bigint
  readonly of: bigint
}

export const scoreOf = (found: Found, shape: Shape): number => {
  const uses = [...(found.bound.length > 0 ? boundUse(found) : madeUse(found)).values()]
  if (uses.length === 0) return 0
  const sum = uses.reduce((total, use) => total + valueAt(percentOf(use), shape), 0)
  return Math.round(sum / uses.length)
}

/** Whole bytes, rounded up. */
const bytes = (quantity: Quantity): bigint => (quantity + 999_999_999n) / 1_000_000_000n

const boundUse = ({ bound }: Found): ReadonlyMap<string, Use> => {
  const uses = new Map<string, Use>()
  for (const [claim, volume] of bound) {
    const name = volume.spec.storageClassName ?? ''
    const before = uses.get(name) ?? { asked: 0n, of: 0n }
    uses.set(name, {
      asked: before.asked + bytes(sizeAsked(claim.spec) ?? zero),
      of: before.of + bytes(sizeOf(volume)),
    })
  }
  return uses
}

/**
 * All that are made of one class draw on the same: it is not added up, and the last that was found
 * is taken.
 */
const madeUse = ({ made }: Found): ReadonlyMap<string, Use> => {
  const uses = new Map<string, Use>()
  for (const [claim, capacity] of made) {
    if (capacity === undefined) continue
    const name = classNameOf(claim)
    const asked = (uses.get(name)?.asked ?? 0n) + bytes(sizeAsked(claim.spec) ?? zero)
    uses.set(name, { asked, of: bytes(capacity.capacity ?? zero) })
  }
  return uses
}

const percentOf = ({ asked, of }: Use): number => (of === 0n ? 100 : Number((asked * 100n) / of))

/** Between two points of the shape in proportion, rounded toward 0; scores of 10 are 100. */
const valueAt = (percent: number, shape: Shape): number => {
  const after = shape.findIndex(([utilization]) => percent <= utilization)
  const [utilization, score] = shape[after < 0 ? shape.length - 1 : after] ?? [0, 0]
  const before = shape[after - 1]
  if (before === undefined) return score * 10
  const rise = (score - before[1]) * 10 * (percent - before[0])
  return before[1] * 10 + Math.trunc(rise / (utilization - before[0]))
}
