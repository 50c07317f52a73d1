/**
 * Packs items into bins of several kinds, greedily. The caller gives each item a value (its worth).
 * 1. Compute for each kind of bin which items one bin would take.
 * 2. Choose the kind whose items have the highest value per cost of the bin, and open as many bins
 *    with these items as the remaining items fill.
 * 3. Repeat until no bin takes an item.
 */
import { fillBin, type FillTables } from './fill.js'
import { compareCosts, type PackedBins, type Pattern } from './packing.js'

/** What is left, and how many more bins there are; changed by packing. */
export interface PackState {
  /** By item. */
  readonly counts: Int32Array
  /** By bin. */
  readonly room: Float64Array
  /** How many bins were filled. */
  work: number
}

/** The beginning: everything is left. */
export const startPacking = ({ packing: { items, bins } }: FillTables): PackState => ({
  counts: Int32Array.from(items, ({ count }) => count),
  room: Float64Array.from(bins, ({ countMax }) => countMax),
  work: 0,
})

/** The order of falling worth; of equal ones the first. */
export const orderByWorth = (worth: Float64Array): Int32Array =>
  Int32Array.from([...worth.keys()].sort((a, b) => worth[b]! - worth[a]! || a - b))

/**
 * What a bin would take, and its costs for the worth of that; endless when it takes nothing. It was
 * true when the bin was filled: less may be left by now.
 */
interface Try {
  readonly pattern: Pattern
  readonly rates: readonly number[]
}

/**
 * Packs until no bin takes any item that is left. `worth` is of one of each item, above 0.
 *
 * The content of a kind of bin is computed again only when too few items are left for it, or when a
 * fifth of the worth has been packed since. So the work depends on the number of different contents
 * and not on the number of replicas.
 */
export const packGreedily = (
  tables: FillTables,
  state: PackState,
  worth: Float64Array,
): readonly PackedBins[] => {
  const order = orderByWorth(worth)
  let orders = ordersOfBins(tables, state, order)
  const fresh = (): Try[] => orders.map((own, bin) => tryBin(tables, state, bin, worth, own))
  const packed: PackedBins[] = []
  let tries = fresh()
  let freshWorth = worthLeft(state, worth)
  for (;;) {
    const bin = cheapestOf(tries)
    if (bin < 0) return packed
    const { pattern } = tries[bin]!
    const times = timesOf(pattern, state, bin)
    if (times === 0) {
      tries[bin] = tryBin(tables, state, bin, worth, orders[bin]!)
      continue
    }
    for (const [item, count] of pattern) state.counts[item]! -= count * times
    state.room[bin]! -= times
    packed.push({ bin, pattern, times })
    const left = worthLeft(state, worth)
    if (left > freshWorth * staleShare) continue
    orders = ordersOfBins(tables, state, order)
    tries = fresh()
    freshWorth = left
  }
}

/** By bin, what is left of the items that it takes, in order; bins that take the same share one. */
const ordersOfBins = (
  { alike, takes }: FillTables,
  { counts }: PackState,
  order: Int32Array,
): readonly Int32Array[] => {
  const orders: Int32Array[] = []
  for (const [bin, first] of alike.entries())
    orders.push(
      first < bin
        ? orders[first]!
        : order.filter((item) => takes[bin]![item]! === 1 && counts[item]! > 0),
    )
  return orders
}

/** All bins are filled anew when so much of the worth is left that was there the last time. */
const staleShare = 0.8

const worthLeft = ({ counts }: PackState, worth: Float64Array): number => {
  let sum = 0
  for (let item = 0; item < counts.length; item++) sum += counts[item]! * worth[item]!
  return sum
}

const emptyTry: Try = { pattern: [], rates: [Infinity] }

/** How often there is enough for the pattern, and a bin for it. */
const timesOf = (pattern: Pattern, { counts, room }: PackState, bin: number): number => {
  let times = room[bin]!
  for (const [item, count] of pattern) times = Math.min(times, Math.floor(counts[item]! / count))
  return times
}

/** The first of those with the least rates; -1 of none. */
const cheapestOf = (tries: readonly Try[]): number => {
  let best = -1
  let least = Infinity
  for (let bin = 0; bin < tries.length; bin++) {
    const { rates, pattern } = tries[bin]!
    if (rates[0]! > least || pattern.length === 0) continue
    if (best >= 0 && compareCosts(rates, tries[best]!.rates) >= 0) continue
    best = bin
    least = rates[0]!
  }
  return best
}

const tryBin = (
  tables: FillTables,
  state: PackState,
  bin: number,
  worth: Float64Array,
  order: Int32Array,
): Try => {
  if (state.room[bin]! < 1) return emptyTry
  state.work++
  const pattern = fillBin(tables, bin, order, state.counts)
  const sum = pattern.reduce((all, [item, count]) => all + worth[item]! * count, 0)
  return { pattern, rates: tables.packing.bins[bin]!.costs.map((cost) => cost / sum) }
}
