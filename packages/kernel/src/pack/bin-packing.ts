/**
 * Exports the bin-packing functions as one object, for packing solvers outside the kernel: filling
 * one bin, greedy packing, and costs.
 */
import { fillBin, fillTables } from './fill.js'
import { packGreedily, startPacking } from './greedy.js'
import { compareCosts, costsOf } from './packing.js'

/** Bin packing by arithmetic, as `provision` does it. */
export const binPacking = {
  fillTables,
  fillBin,
  startPacking,
  packGreedily,
  costsOf,
  compareCosts,
}
