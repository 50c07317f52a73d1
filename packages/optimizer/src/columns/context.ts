/**
 * Builds what all stages of column generation (the method by which this package packs items) need:
 * 1. the linear-programming library;
 * 2. the tables of the packing problem, and a price for each resource;
 * 3. the pricer, which finds valuable patterns (a pattern says how many of each item one bin
 *    holds);
 * 4. a function that fills a bin by a pattern, as far as the items fit.
 */
import { binPacking } from '@stowage/kernel'
import { dimensionPrices } from '../master/dimension-prices.js'
import type { LinearLibrary } from '../master/linear-library.js'
import { pricerOf, type Pricer } from '../price/pricer.js'
import type { Column, RowPattern } from '../table/column.js'
import { packingTable, type PackingTable } from '../table/packing-table.js'
import type { Packing } from '../table/packing-types.js'

/** A packing, ready for column generation. */
export interface Context {
  readonly library: LinearLibrary
  readonly table: PackingTable
  readonly fill: ReturnType<typeof binPacking.fillTables>
  /** By dimension, what a unit costs at least. */
  readonly prices: Float64Array
  readonly price: Pricer
  /** The column of a bin of the table with as much of the pattern as it takes. */
  readonly columnOf: (bin: number, pattern: RowPattern) => Column
}

/** The context of a merged packing. */
export const contextOf = (library: LinearLibrary, packing: Packing): Context => {
  const table = packingTable(packing)
  const prices = dimensionPrices(library, table)
  const fill = binPacking.fillTables(packing)
  const counts = new Int32Array(packing.items.length)
  const columnOf = (bin: number, pattern: RowPattern): Column => {
    for (const [row, count] of pattern) counts[row] = count
    const order = Int32Array.from(pattern, ([row]) => row)
    const { bin: position, cost } = table.bins[bin]!
    const taken = binPacking.fillBin(fill, position, order, counts)
    return { bin, cost, pattern: taken }
  }
  return { library, table, fill, prices, price: pricerOf(table, prices), columnOf }
}
