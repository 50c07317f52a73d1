/**
 * Computes a lower bound on the cost of packing all items, as the largest of three bounds:
 *
 * 1. By resources: each resource gets a price, such that a full bin of any kind has a value of at
 *    most what the bin costs. The bound is the value of all items together.
 * 2. By counts: for a set of items, it computes how many of them fit in one bin, and so how many
 *    bins they need. The bound is the least that these bins cost.
 * 3. By patterns (what one bin may hold), if there is a packing solver: each item gets a price,
 *    such that no pattern has a higher value than its bin costs. The bound is the value of all
 *    items together.
 */
import type { Item, ItemLimit, Packing } from './packing.js'
import type { PackingSolver } from './solver.js'
import { resourcePrices, totalsOf } from './resource-prices.js'

/** A bound, and which argument proves it. */
export interface PackingBound {
  readonly value: number
  readonly by: 'resources' | 'counts' | 'patterns'
}

/** The bound of the sum of one cost, a whole number. */
export const boundOf = (packing: Packing, key = 0): PackingBound => {
  const byResources = wholeBound(boundByResources(packing, key))
  const byCounts = wholeBound(boundByCounts(packing, key))
  return byCounts > byResources
    ? { value: byCounts, by: 'counts' }
    : { value: byResources, by: 'resources' }
}

/** The larger of a bound of the first cost and what a solver proves, and the work of the latter. */
export const boundBySolver = (
  packing: Packing,
  { lowerBound }: PackingSolver,
  workMax: number,
): { readonly bound: PackingBound; readonly work: number } => {
  const byArithmetic = boundOf(packing)
  const { value, work } = lowerBound(packing, workMax)
  const byPatterns = wholeBound(value)
  return byPatterns > byArithmetic.value
    ? { bound: { value: byPatterns, by: 'patterns' }, work }
    : { bound: byArithmetic, work }
}

/** Rounded up to a whole number, after taking off what floating-point arithmetic may have added. */
const wholeBound = (bound: number): number => Math.max(0, Math.ceil(bound * (1 - 1e-9) - 1e-6))

const boundByResources = (packing: Packing, key: number): number => {
  const totals = totalsOf(packing)
  return resourcePrices(packing, key).reduce((sum, price, d) => sum + price * totals[d]!, 0)
}

/**
 * Of each item alone, and of each set of items that a limit counts.
 *
 * The bound takes one item, or the items that one limit counts together, and the number of them
 * that a bin can hold. It is the larger of two products: the number of items times the least cost
 * per item, and the least number of bins times the least cost of a bin.
 */
const boundByCounts = (packing: Packing, key: number): number => {
  const { items } = packing
  const groups = new Map<string, readonly number[]>()
  const keysOfLimits = items.map(({ limits }, item) =>
    limits.map(({ counts }) => {
      const members = [...counts.keys()].filter((i) => counts[i]!)
      if (counts[item]!) groups.set(members.join(), members)
      return members.join()
    }),
  )
  for (const item of items.keys()) groups.set(String(item), [item])
  let largest = 0
  for (const [group, members] of groups) {
    const limited = members.map((item) => ({
      item: items[item]!,
      limits: items[item]!.limits.filter((_, i) => keysOfLimits[item]![i] === group),
    }))
    // Of several items only a limit that all of them have says how many there can be.
    if (members.length > 1 && limited.some(({ limits }) => limits.length === 0)) continue
    largest = Math.max(largest, boundOfGroup(packing, limited, key))
  }
  return largest
}

/** An item with those of its limits that count exactly its group. */
interface LimitedItem {
  readonly item: Item
  readonly limits: readonly ItemLimit[]
}

const boundOfGroup = ({ bins }: Packing, group: readonly LimitedItem[], key: number): number => {
  const present = group.filter(({ item }) => item.count > 0)
  let [least, costMin, insideMax] = [Infinity, Infinity, 0]
  for (const [bin, { costs, free }] of bins.entries()) {
    let [most, allowed] = [0, 0]
    for (const { item, limits } of present) {
      if (!item.takes[bin]!) continue
      most = Math.max(most, mostOf(item, free))
      allowed = Math.max(allowed, mostByLimits(limits, bin))
    }
    const inside = group.length > 1 ? allowed : Math.min(most, allowed)
    if (inside === 0) continue
    least = Math.min(least, costs[key]! / inside)
    costMin = Math.min(costMin, costs[key]!)
    insideMax = Math.max(insideMax, inside)
  }
  const count = present.reduce((sum, { item }) => sum + item.count, 0)
  return insideMax === 0 ? 0 : Math.max(count * least, Math.ceil(count / insideMax) * costMin)
}

/** How many of the item alone an empty bin has room for. */
const mostOf = ({ demand, size }: Item, free: readonly number[]): number =>
  free.reduce((most, amount, d) => {
    if (demand[d]! > amount) return 0
    if (size[d] === 0 || demand[d] === 0) return most
    return Math.min(most, Math.floor((amount - demand[d]!) / size[d]!) + 1)
  }, Infinity)

/** How many the limits allow on an empty bin. */
const mostByLimits = (limits: readonly ItemLimit[], bin: number): number =>
  limits.reduce(
    (most, { max, held }) => Math.min(most, Math.max(0, max - held[bin]! + 1)),
    Infinity,
  )
