/**
 * Computes shadow prices of resources by coordinate search: prices per dimension at which the
 * capacity of no bin has a higher value than the bin costs. The value of all items at these prices
 * is a lower bound on the cost of every packing.
 */
import type { Packing } from './packing.js'

/** By dimension, the price of one unit. */
export type ResourcePrices = readonly number[]

/** By dimension, the sum over all items; of each the least that a bin loses to it. */
export const totalsOf = ({ items, bins }: Packing): readonly number[] =>
  (bins[0]?.free ?? []).map((_, d) =>
    items.reduce((sum, { size, count }) => sum + size[d]! * count, 0),
  )

const rounds = 40

/**
 * The prices under a cost, from a walk that makes one dimension dearer or cheaper as long as that
 * raises the sum. Bins that take none of the items do not count.
 *
 * The search raises the worth of all items; it need not find the best prices, since any such prices
 * prove a bound.
 */
export const resourcePrices = (packing: Packing, key = 0): ResourcePrices => {
  const { items } = packing
  const bins = packing.bins.filter((_, bin) =>
    items.some(({ takes, count }) => count > 0 && takes[bin]!),
  )
  const totals = totalsOf(packing)
  const scaled = (prices: ResourcePrices): ResourcePrices => {
    let scale = Infinity
    for (const { free, costs } of bins) {
      const held = free.reduce((sum, amount, d) => sum + amount * prices[d]!, 0)
      if (held > 0) scale = Math.min(scale, costs[key]! / held)
    }
    return scale === Infinity ? prices.map(() => 0) : prices.map((price) => price * scale)
  }
  const sumAt = (prices: ResourcePrices): number =>
    prices.reduce((sum, price, d) => sum + price * totals[d]!, 0)
  let best = scaled(totals.map((total) => (total > 0 ? 1 / total : 0)))
  let sum = sumAt(best)
  for (let round = 0, factor = 4; round < rounds; round++) {
    let isBetter = false
    for (const d of totals.keys())
      for (const by of [factor, 1 / factor, 0]) {
        const next = scaled(best.map((price, at) => (at === d ? price * by : price)))
        if (sumAt(next) > sum) {
          ;[best, sum, isBetter] = [next, sumAt(next), true]
        }
      }
    if (!isBetter) factor = Math.sqrt(factor)
  }
  return best
}
