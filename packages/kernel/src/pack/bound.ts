/**
 * Computes a lower bound: a sum of costs below which no packing of the items goes, whichever bins
 * it opens. Two arguments are tried, and the larger bound counts:
 *
 * 1. By resources: at prices at which no bin holds more than it costs, all items are worth so much.
 * 2. By counts: no bin takes more than so many of some items, and each bin costs at least so much.
 */
import type { Item, ItemLimit, Packing } from './packing.js'
import { resourcePrices, totalsOf } from './resource-prices.js'

/** A bound, and which argument proves it. */
export interface PackingBound {
  readonly value: number
  readonly by: 'resources' | 'counts'
}

/** The bound of the sum of one cost, a whole number. */
export const boundOf = (packing: Packing, key = 0): PackingBound => {
  const byResources = wholeBound(boundByResources(packing, key))
  const byCounts = wholeBound(
    largest(packing.items.map((_, item) => boundByCounts(packing, item, key))),
  )
  return byCounts > byResources
    ? { value: byCounts, by: 'counts' }
    : { value: byResources, by: 'resources' }
}

/** Rounded up to a whole number, after taking off what floating-point arithmetic may have added. */
const wholeBound = (bound: number): number => Math.max(0, Math.ceil(bound * (1 - 1e-9) - 1e-6))

const boundByResources = (packing: Packing, key: number): number => {
  const totals = totalsOf(packing)
  return resourcePrices(packing, key).reduce((sum, price, d) => sum + price * totals[d]!, 0)
}

/** Of one item alone, and of what its limits count with it. */
const boundByCounts = ({ items, bins }: Packing, item: number, key: number): number => {
  const own = items[item]!
  if (own.count === 0) return 0
  const groups = own.limits.filter(({ counts }) => counts[item]!).map(({ counts }) => counts)
  const alone = items.map((_, i) => i === item)
  return largest(
    [alone, ...groups].map((group) => {
      const members = items.filter((_, i) => group[i]!)
      const isLimited = members.every(({ limits }) => limits.some((one) => isSame(one, group)))
      if (members.length > 1 && !isLimited) return 0
      let [least, costMin, insideMax] = [Infinity, Infinity, 0]
      for (const [bin, { costs, free }] of bins.entries()) {
        const takers = members.filter(({ takes, count }) => takes[bin]! && count > 0)
        if (takers.length === 0) continue
        const most = largest(takers.map((one) => mostOf(one, free)))
        const allowed = largest(takers.map((one) => mostByLimits(one, group, bin)))
        // Of several items only the limit that all of them have says how many there can be.
        const inside = members.length > 1 ? allowed : Math.min(most, allowed)
        if (inside === 0) continue
        least = Math.min(least, costs[key]! / inside)
        costMin = Math.min(costMin, costs[key]!)
        insideMax = Math.max(insideMax, inside)
      }
      const count = members.reduce((sum, one) => sum + one.count, 0)
      return insideMax === 0 ? 0 : Math.max(count * least, Math.ceil(count / insideMax) * costMin)
    }),
  )
}

/** 0 when there is none. */
const largest = (all: readonly number[]): number =>
  all.reduce((most, one) => Math.max(most, one), 0)

const isSame = ({ counts }: ItemLimit, group: readonly boolean[]): boolean =>
  counts.every((counted, i) => counted === group[i]!)

/** How many of the item alone an empty bin has room for. */
const mostOf = ({ demand, size }: Item, free: readonly number[]): number =>
  free.reduce((most, amount, d) => {
    if (demand[d]! > amount) return 0
    if (size[d] === 0 || demand[d] === 0) return most
    return Math.min(most, Math.floor((amount - demand[d]!) / size[d]!) + 1)
  }, Infinity)

/** How many of the group the limits that count exactly the group allow. */
const mostByLimits = ({ limits }: Item, group: readonly boolean[], bin: number): number =>
  limits
    .filter((one) => isSame(one, group))
    .reduce((most, { max, held }) => Math.min(most, Math.max(0, max - held[bin]! + 1)), Infinity)
