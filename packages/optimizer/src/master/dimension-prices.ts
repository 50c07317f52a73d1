/**
 * Computes a price for each resource (dimension) by a linear program: the prices at which all items
 * together have the highest value, while the capacity of no bin has a higher value than the bin
 * costs.
 */
import type { PackingTable } from '../table/packing-table.js'
import { openMaster } from './master.js'
import type { LinearLibrary } from './linear-library.js'

/** By dimension, the price of one unit. */
export const dimensionPrices = (library: LinearLibrary, table: PackingTable): Float64Array => {
  const { dimensions, weights, counts, bins } = table
  const totals = new Float64Array(dimensions)
  for (let row = 0; row < counts.length; row++)
    for (let d = 0; d < dimensions; d++) totals[d]! += counts[row]! * weights[row * dimensions + d]!
  // In units of the largest bin no dimension costs more than what a row may be left out for.
  const units = totals.map((_, d) => bins.reduce((most, { free }) => Math.max(most, free[d]!), 0))
  const needed = totals.map((total, d) => (units[d]! > 0 ? total / units[d]! : 0))
  const master = openMaster(library, table, needed, () => Infinity)
  try {
    master.add(
      bins.map(({ cost, free }, bin) => ({
        ...{ bin, cost },
        pattern: Array.from(free).flatMap((amount, d) =>
          needed[d]! > 0 && amount > 0 ? [[d, amount / units[d]!] as const] : [],
        ),
      })),
    )
    const { values } = master.solve()
    return values.map((value, d) => (needed[d]! > 0 ? value / units[d]! : 0))
  } finally {
    master.dispose()
  }
}
