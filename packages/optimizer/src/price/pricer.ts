/**
 * Solves the pricing problem of column generation: given a value for each item, finds a pattern
 * (how many of each item one bin holds) whose value is higher than the cost of the bin. Also
 * computes an upper bound on the value of any pattern of the bin.
 */
import type { PackingTable } from '../table/packing-table.js'
import { bestPattern, type PricedPattern } from './best-pattern.js'
import { descend, type Knapsack } from './relaxation.js'

/** Prices one bin of the table, by position, whose patterns must be worth more than `floor`. */
export type Pricer = (
  bin: number,
  values: Float64Array,
  counts: Float64Array,
  floor: number,
  nodesMax: number,
) => PricedPattern

/**
 * A pricer of the bins of a table, which begins with these prices of a unit of each dimension. The
 * prices of each bin's dimensions are kept from one pass to the next, as a warm start.
 */
export const pricerOf = (
  { dimensions, weights, bins }: PackingTable,
  dimensionPrices: Float64Array,
): Pricer => {
  const known = bins.map(({ free }) => free.map((amount, d) => amount * dimensionPrices[d]!))
  return (bin, values, counts, floor, nodesMax) => {
    const knapsack = knapsackOf(bin, values, counts)
    const prices = known[bin]!
    const bound = descend(knapsack, prices, floor)
    if (bound <= floor || knapsack.rows.length === 0)
      return { pattern: [], value: floor, bound: floor, nodes: 1 }
    return bestPattern(knapsack, prices, bins[bin]!.groups, floor, nodesMax)
  }

  function knapsackOf(bin: number, values: Float64Array, counts: Float64Array): Knapsack {
    const { caps, free } = bins[bin]!
    const rows = Int32Array.from(
      [...caps.keys()].filter((row) => caps[row]! > 0 && counts[row]! > 0 && values[row]! > 0),
    )
    const parts = new Float64Array(rows.length * dimensions)
    for (let at = 0; at < rows.length; at++)
      for (let d = 0; d < dimensions; d++) {
        const weight = weights[rows[at]! * dimensions + d]!
        parts[at * dimensions + d] = weight === 0 ? 0 : weight / free[d]!
      }
    return {
      ...{ rows, dimensions, parts },
      values: Float64Array.from(rows, (row) => values[row]!),
      caps: Float64Array.from(rows, (row) => Math.min(caps[row]!, counts[row]!)),
    }
  }
}
