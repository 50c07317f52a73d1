/**
 * Creates a solver of packing problems, which callers pass to the kernel's `provision`. The solver
 * uses a linear-programming library that the caller supplies.
 */
import type { LinearLibrary } from '../master/linear-library.js'
import { mergeItems, packedItems, packedRows } from '../table/merge.js'
import { improvePacking } from './improve.js'
import { solveRoot, type Root } from './root.js'
import type { Packing, PackingSolver } from '../table/packing-types.js'

/**
 * A solver for `provision`, by HiGHS (package `highs`), which its caller has loaded. What it
 * computes is the same on every runtime, as the library runs on one thread and no clock is asked.
 */
export const packingSolver = (library: LinearLibrary): PackingSolver => {
  // The bound and the packing mostly ask for the same program one after the other.
  let last: { readonly key: string; readonly workMax: number; readonly root: Root } | undefined
  const rootOf = (packing: Packing, workMax: number): Root => {
    const key = JSON.stringify(packing)
    const isKnown =
      last?.key === key &&
      (last.workMax === workMax || (last.root.work < last.workMax && last.root.work < workMax))
    if (!isKnown) last = { key, workMax, root: solveRoot(library, packing, workMax) }
    return last!.root
  }
  return {
    improve: (packing, start, workMax) => {
      const merged = mergeItems(packing)
      if (merged.items.length === 0) return { packed: start, work: 0 }
      const root = rootOf(merged.packing, workMax)
      const { packed, work } = improvePacking(root, packedRows(merged, start), workMax)
      return { packed: packedItems(merged, packing, packed), work }
    },
    lowerBound: (packing, workMax) => {
      const merged = mergeItems(packing)
      if (merged.items.length === 0) return { value: 0, work: 0 }
      const { bound, work } = rootOf(merged.packing, workMax)
      return { value: bound, work }
    },
  }
}
