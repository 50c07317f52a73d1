/**
 * Generates small random packing problems, lists the violations of a packing, and computes the
 * least possible cost by exhaustive search, for tests.
 */
import { binPacking } from '@stowage/kernel'
import fc from 'fast-check'
import type { PackedBins, Packing } from '../table/packing-types.js'

const anyItem = fc.record({
  size: fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 })),
  demand: fc.constantFrom(0, 0, 0, 1, -1),
  count: fc.nat(4),
  refusing: fc.nat(15),
  limit: fc.option(fc.record({ max: fc.nat(2), counts: fc.nat(7) }), { nil: undefined, freq: 4 }),
})

const anyBin = fc.record({
  free: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 })),
  cost: fc.nat(12),
  countMax: fc.constantFrom(Infinity, Infinity, Infinity, 1, 2),
  held: fc.nat(1),
})

/** Items of two dimensions with and without limits, bins of which there are many or few. */
export const anyPacking: fc.Arbitrary<Packing> = fc
  .record({
    items: fc.array(anyItem, { minLength: 1, maxLength: 3 }),
    bins: fc.array(anyBin, { minLength: 1, maxLength: 4 }),
  })
  .map(({ items, bins }) => ({
    bins: bins.map(({ free, cost, countMax }) => ({ free, costs: [cost, 1], countMax })),
    items: items.map(({ size, demand, count, refusing, limit }): Packing['items'][number] => {
      const demanded = size.map((amount) => Math.max(0, amount + demand))
      return {
        ...{ count, size, demand: demanded },
        takes: bins.map(
          ({ free }, bin) => bin !== refusing && demanded.every((amount, d) => amount <= free[d]!),
        ),
        limits:
          limit === undefined
            ? []
            : [
                {
                  counts: items.map((_, i) => ((limit.counts >> i) & 1) === 1),
                  max: limit.max,
                  held: bins.map(({ held }) => held),
                },
              ],
      }
    }),
  }))

/** What a packing breaks: a pattern that a bin does not take, too many bins, too many replicas. */
export const breachesOf = (packing: Packing, packed: readonly PackedBins[]): readonly string[] => {
  const tables = binPacking.fillTables(packing)
  const [counts, used] = [packing.items.map(() => 0), packing.bins.map(() => 0)]
  const breaches: string[] = []
  for (const { bin, pattern, times } of packed) {
    used[bin]! += times
    const wanted = new Int32Array(packing.items.length)
    for (const [item, count] of pattern) {
      counts[item]! += count * times
      wanted[item]! += count
    }
    const order = Int32Array.from(pattern, ([item]) => item)
    const taken = binPacking.fillBin(tables, bin, order, wanted)
    if (JSON.stringify(taken) !== JSON.stringify(pattern)) breaches.push('a pattern')
  }
  if (counts.some((count, item) => count > packing.items[item]!.count)) breaches.push('replicas')
  if (used.some((count, bin) => count > packing.bins[bin]!.countMax)) breaches.push('bins')
  return breaches
}

/** How many replicas a packing leaves over. */
export const overOf = ({ items }: Packing, packed: readonly PackedBins[]): number =>
  items.reduce((sum, { count }) => sum + count, 0) -
  packed.reduce(
    (sum, { pattern, times }) => sum + times * pattern.reduce((all, [, count]) => all + count, 0),
    0,
  )

/** The least first cost of all packings of all items, by trying; Infinity when there is none. */
export const leastCost = ({ items, bins }: Packing): number => {
  const known = new Map<string, number>()
  const search = (left: readonly number[], room: readonly number[]): number => {
    if (left.every((count) => count === 0)) return 0
    const key = JSON.stringify([left, room])
    const before = known.get(key)
    if (before !== undefined) return before
    let best = Infinity
    for (const [bin, { costs }] of bins.entries()) {
      if (room[bin]! < 1) continue
      const roomAfter = room.map((count, at) => (at === bin ? count - 1 : count))
      for (const counts of contentsOf({ items, bins }, bin, left))
        best = Math.min(
          best,
          costs[0]! +
            search(
              left.map((count, item) => count - counts[item]!),
              roomAfter,
            ),
        )
    }
    known.set(key, best)
    return best
  }
  return search(
    items.map(({ count }) => count),
    bins.map(({ countMax }) => countMax),
  )
}

/** All that a bin can hold of what is left, filled one by one in any order; never nothing. */
const contentsOf = (
  { items, bins }: Packing,
  bin: number,
  left: readonly number[],
): readonly (readonly number[])[] => {
  const found = new Map<string, readonly number[]>()
  const open = [items.map(() => 0)]
  for (const inside of open)
    for (const [item, { demand, takes, limits }] of items.entries()) {
      if (!takes[bin]! || inside[item]! >= left[item]!) continue
      const isRefused =
        demand.some(
          (amount, d) => amount > 0 && amount > leftOf({ items, bins }, bin, inside, d),
        ) ||
        limits.some(
          ({ counts, max, held }) =>
            inside.reduce((sum, count, i) => sum + (counts[i]! ? count : 0), held[bin]!) > max,
        )
      if (isRefused) continue
      const next = inside.map((count, i) => (i === item ? count + 1 : count))
      if (found.has(next.join())) continue
      found.set(next.join(), next)
      open.push(next)
    }
  return [...found.values()]
}

const leftOf = (
  { items, bins }: Packing,
  bin: number,
  inside: readonly number[],
  d: number,
): number =>
  inside.reduce((left, count, i) => left - count * items[i]!.size[d]!, bins[bin]!.free[d]!)
