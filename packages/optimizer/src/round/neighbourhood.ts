/**
 * Chooses the bins of a packing to empty and pack again, for large neighbourhood search. Prefers
 * bins that cost much more than the value of the items in them. A pseudo-random number varies the
 * choice from one attempt to the next.
 */
import type { Context } from '../columns/context.js'
import type { PackedBins } from '../table/packing-types.js'

/** The positions of the chosen bins among single ones. */
export const binsToFree = (
  { table: { packing } }: Context,
  single: readonly PackedBins[],
  values: Float64Array,
  round: number,
): ReadonlySet<number> => {
  const losses = single.map(
    ({ bin, pattern }) =>
      packing.bins[bin]!.costs[0]! -
      pattern.reduce((sum, [row, count]) => sum + values[row]! * count, 0),
  )
  const count = Math.min(single.length, 3 + (round % 10))
  const most = losses.reduce((sum, loss) => Math.max(sum, loss), 0)
  const score = (at: number): number => losses[at]! / (most + 1e-9) + fractionOf(round, at)
  const order = [...single.keys()].sort((a, b) => score(b) - score(a) || a - b)
  return new Set(order.slice(0, count))
}

/** A hash of two numbers, as a fraction of 1. */
const fractionOf = (round: number, at: number): number => {
  let hash = Math.imul(round + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000
}
