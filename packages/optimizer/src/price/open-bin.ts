/**
 * Tracks what still fits in a bin while it is filled: the free amount of each resource (dimension),
 * and, for each limit on a number of items, how many more it allows.
 */
import type { RowGroup } from '../table/packing-table.js'
import type { Knapsack } from './relaxation.js'

/** A bin in the making; positions are those of the rows of the knapsack. */
export interface OpenBin {
  /** By dimension, what is left as a part of what the bin has. */
  readonly left: Float64Array
  readonly counts: Int32Array
  readonly roomFor: (at: number) => number
  readonly take: (at: number, count: number) => void
}

/** An empty bin. */
export const openBin = (
  { rows, caps, parts, dimensions }: Knapsack,
  groups: readonly RowGroup[],
): OpenBin => {
  const left = new Float64Array(dimensions).fill(1)
  const counts = new Int32Array(rows.length)
  const groupLeft = groups.map(({ max }) => max)
  const groupsOf = Array.from(rows, (row) =>
    [...groups.keys()].filter((g) => groups[g]!.rows.includes(row)),
  )
  return {
    ...{ left, counts },
    roomFor: (at) => {
      let room = caps[at]! - counts[at]!
      for (let d = 0; d < dimensions; d++) {
        const part = parts[at * dimensions + d]!
        if (part > 0) room = Math.min(room, Math.floor(left[d]! / part + 1e-9))
      }
      for (const g of groupsOf[at]!) room = Math.min(room, groupLeft[g]!)
      return Math.max(0, room)
    },
    take: (at, count) => {
      for (let d = 0; d < dimensions; d++) left[d]! -= count * parts[at * dimensions + d]!
      for (const g of groupsOf[at]!) groupLeft[g]! -= count
      counts[at]! += count
    },
  }
}
