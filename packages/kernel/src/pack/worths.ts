/**
 * Computes values (worths) of the items for the greedy packing, which packs valuable items first
 * and chooses the bins with the highest value per cost. Returns three alternatives, because none is
 * best for every packing:
 * 1. the item's amounts, each multiplied by the shadow price of its resource;
 * 2. the sum of the item's shares of the total demand, for example 2% of all CPU and 3% of all
 *    memory;
 * 3. the largest of these shares.
 */
import type { Packing } from './packing.js'
import { resourcePrices, totalsOf } from './resource-prices.js'

/**
 * Worths by item, each above 0: by the prices of resources, by equal shares of all, by the largest
 * share.
 */
export const worthsOf = (packing: Packing): readonly Float64Array[] => {
  const totals = totalsOf(packing)
  const prices = resourcePrices(packing)
  const shares = totals.map((total) => (total > 0 ? 1 / total : 0))
  const byPrices = (of: readonly number[]): Float64Array =>
    Float64Array.from(packing.items, ({ size }) =>
      size.reduce((sum, amount, d) => sum + amount * of[d]!, worthMin),
    )
  const byLargest = Float64Array.from(packing.items, ({ size }) =>
    size.reduce((most, amount, d) => Math.max(most, amount * shares[d]!), worthMin),
  )
  return [byPrices(prices), byPrices(shares), byLargest]
}

/** Also what takes nothing is worth something, so that it is packed. */
const worthMin = 1e-12
