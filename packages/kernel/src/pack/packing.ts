/**
 * Defines the types of a bin-packing problem in plain numbers. Items (groups of equal replicas) go
 * into bins (nodes that can be launched); a pattern says how many of each item one bin holds.
 * Placement rules are not part of the problem: `provision` evaluates them before and after packing.
 */

/** Replicas that are alike. */
export interface Item {
  readonly count: number
  /** By dimension, how much a bin must have free for one more. */
  readonly demand: readonly number[]
  /** By dimension, how much one takes away. */
  readonly size: readonly number[]
  /** By bin, whether an empty one takes one. */
  readonly takes: readonly boolean[]
  readonly limits: readonly ItemLimit[]
}

/** A bin takes one more of the item while it has at most `max` of the counted items. */
export interface ItemLimit {
  /** By item, whether it is counted. */
  readonly counts: readonly boolean[]
  readonly max: number
  /** By bin, how many it has when it is empty. */
  readonly held: readonly number[]
}

/** An offering: any number of equal bins, up to `countMax`. */
export interface Bin {
  /** By dimension. */
  readonly free: readonly number[]
  /**
   * Whole numbers; packings are compared by the sum of the first, then of the second, and so on.
   */
  readonly costs: readonly number[]
  readonly countMax: number
}

/** What is to be packed, and into what. */
export interface Packing {
  readonly items: readonly Item[]
  readonly bins: readonly Bin[]
}

/** What one bin holds: items with their counts, in the order in which they were put in. */
export type Pattern = readonly (readonly [item: number, count: number])[]

/** Bins of one kind that hold the same. */
export interface PackedBins {
  readonly bin: number
  readonly pattern: Pattern
  readonly times: number
}

/** The sums of the costs, in the order of the costs. */
export const costsOf = ({ bins }: Packing, packed: readonly PackedBins[]): readonly number[] =>
  (bins[0]?.costs ?? []).map((_, key) =>
    packed.reduce((sum, { bin, times }) => sum + bins[bin]!.costs[key]! * times, 0),
  )

/** By item, how many are packed. */
export const countsOf = ({ items }: Packing, packed: readonly PackedBins[]): readonly number[] => {
  const counts = items.map(() => 0)
  for (const { pattern, times } of packed)
    for (const [item, count] of pattern) counts[item]! += count * times
  return counts
}

/** Less than 0 when the first is better: at the first cost that differs. */
export const compareCosts = (one: readonly number[], other: readonly number[]): number => {
  for (const [key, cost] of one.entries()) if (cost !== other[key]!) return cost - other[key]!
  return 0
}
