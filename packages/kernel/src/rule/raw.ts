/**
 * Defines the types of raw scores: rules that give each node a number, such as its free share of
 * CPU, before the numbers are normalised and weighted.
 */
import type { Expr, Tally } from './expr.js'
import type { ColumnId, DimensionId } from './id.js'

/** One dimension that a load score reads. */
export interface LoadPart {
  readonly dimension: DimensionId
  /** What the replica would add to the node's load. */
  readonly amount: number
  /** A whole number from 0 to 1,000,000. */
  readonly weight: number
}

/**
 * The sum of the numbers of all cases that hold of the node and, for each of its marks, of all
 * cases that hold of the mark. Depends on the node's description alone.
 */
export interface StaticScore {
  readonly _tag: 'Static'
  readonly cases: readonly (readonly [holds: Expr, number: number])[]
  readonly marks: readonly (readonly [holds: Expr, number: number])[]
}

/** The number that the adapter gave the node in a column; 0 without one. */
export interface ColumnScore {
  readonly _tag: 'Column'
  readonly column: ColumnId
}

/**
 * A function of the node's load with the new replica on it.
 *
 * - `least`, `most`: the mean by weight of the free, or used, percentage of each part: integers
 *   from 0 to 100, rounded down per part and again for the mean. A part of which the node has no
 *   capacity is left out, with its weight.
 * - `remaining`: the sum by weight of the free amounts; negative when more would be used than there
 *   is.
 * - `balance-change`: 50 + (50 + with - without) / 2, rounded down, where `with` and `without` are
 *   the balance of the node with and without the replica: 100 minus the standard deviation of the
 *   used shares in percent, rounded down. A share is at most 1; parts without capacity are left
 *   out; weights are ignored. 75 means no change.
 */
export interface LoadScore {
  readonly _tag: 'Load'
  readonly curve: 'least' | 'most' | 'remaining' | 'balance-change'
  readonly parts: readonly LoadPart[]
}

/**
 * A curve of one's own over the node's load with the new replica on it. Per part, the used
 * percentage (rounded down, at most 100) is looked up in `points`, which rise by percentage: linear
 * interpolation rounded toward 0, constant left of the first point and right of the last. The raw
 * score is the mean by weight, rounded half up, over the parts that have capacity and a score above
 * 0; without such a part it is 0.
 */
export interface LoadPointsScore {
  readonly _tag: 'Load'
  readonly curve: 'points'
  readonly parts: readonly LoadPart[]
  /** At least one point. */
  readonly points: readonly (readonly [percentage: number, score: number])[]
}

/** The sum by weight of the counts of the tallies in the node's domains. */
export interface CountsScore {
  readonly _tag: 'Counts'
  readonly terms: readonly (readonly [tally: Tally, weight: number])[]
}

/**
 * Soft topology spreading: the sum over the terms of count * weight + (skew - 1), rounded half away
 * from 0. The weight of a term is ln(domains + 2), so that a count in one of few domains weighs
 * less. `domains` is the number of the term's domains among the feasible nodes that no term
 * ignores; such nodes that are in no domain add one more together. With the domain `node` it is the
 * number of these nodes. A node in no domain of a term adds nothing for it.
 */
export interface SpreadScore {
  readonly _tag: 'Spread'
  readonly terms: readonly (readonly [tally: Tally, skew: number])[]
}

type AnyRawScore =
  | StaticScore
  | ColumnScore
  | LoadScore
  | LoadPointsScore
  | CountsScore
  | SpreadScore

/** Any raw score, or those with a tag: `RawScore<'Load'>`. */
export type RawScore<Tag extends AnyRawScore['_tag'] = AnyRawScore['_tag']> = Extract<
  AnyRawScore,
  { readonly _tag: Tag }
>
