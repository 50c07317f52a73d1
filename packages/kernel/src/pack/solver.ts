/**
 * Defines the interface of a packing solver, which improves a packing and proves a lower bound on
 * the cost of any packing. A solver is implemented outside the kernel, because linear programming
 * needs a library.
 */
import type { PackedBins, Packing } from './packing.js'

/** Finds better packings and bounds. Both are pure: the same input gives the same answer. */
export interface PackingSolver {
  /**
   * A packing that leaves no more over than `start` and costs no more. A larger `workMax`, in
   * fillings of a bin, gives no worse one.
   */
  readonly improve: (
    packing: Packing,
    start: readonly PackedBins[],
    workMax: number,
  ) => { readonly packed: readonly PackedBins[]; readonly work: number }
  /** A sum of the first cost below which no packing of all items goes. */
  readonly lowerBound: (
    packing: Packing,
    workMax: number,
  ) => { readonly value: number; readonly work: number }
}
