/**
 * Raw scores: a number per node, before it is normalised and weighed.
 */
import type { Expr, Tally } from './expr.js'
import type { ColumnId, DimensionId } from './id.js'

export interface LoadPart {
  readonly dimension: DimensionId
  /** What the replica would add. */
  readonly amount: number
  /** A whole number from 0 to 1,000,000. */
  readonly weight: number
}

/**
 * The numbers of the cases that hold of the node, and for each of its marks those of the cases that
 * hold of the mark.
 */
export interface StaticScore {
  readonly _tag: 'Static'
  readonly cases: readonly (readonly [holds: Expr, number: number])[]
  readonly marks: readonly (readonly [holds: Expr, number: number])[]
}

/** The number that the column was given for the node; 0 where it was given none. */
export interface ColumnScore {
  readonly _tag: 'Column'
  readonly column: ColumnId
}

/**
 * A function of the node's load with the replica on it. `least` and `most` are the mean over the
 * parts, by weight, of the percentage that stays free, or is taken: integers from 0 to 100, rounded
 * down at both steps; a part of which the node has none is left out, with its weight. `remaining`
 * is the sum of what stays free, by weight, below 0 where more would be taken than there is.
 *
 * `balance-change` is how much evener, or less even, the parts would be taken: 50 + (50 + with -
 * without) / 2, rounded down, where each of the two is 100 less the percentage by which the shares
 * taken, at most 1 each, deviate from their mean (standard deviation over the parts of which the
 * node has any), rounded down. Weights have no say in it. 75 is no change.
 */
export interface LoadScore {
  readonly _tag: 'Load'
  readonly curve: 'least' | 'most' | 'remaining' | 'balance-change'
  readonly parts: readonly LoadPart[]
}

/**
 * A function of the node's load with the replica on it, by a curve of one's own: the percentage
 * that would be taken, rounded down and at most 100, is looked up among `points` of percentage and
 * score, rising in the first. Left of the first point its score counts, right of the last that
 * one's; between two, that of the left one and so much of the way to the right one as the
 * percentage has gone, rounded toward 0. The raw score is the mean by weight, rounded half up, of
 * the parts of which the node has any and whose score is above 0; 0 where there is none.
 */
export interface LoadPointsScore {
  readonly _tag: 'Load'
  readonly curve: 'points'
  readonly parts: readonly LoadPart[]
  /** At least one. */
  readonly points: readonly (readonly [percentage: number, score: number])[]
}

/** The sum of the tallies of the node's domains, by weight. */
export interface CountsScore {
  readonly _tag: 'Counts'
  readonly terms: readonly (readonly [tally: Tally, weight: number])[]
}

/**
 * Soft spreading: the sum over the terms, in their order, of count * weight + (skew - 1), where a
 * count in fewer domains weighs less; rounded half away from 0. A term's weight is the natural
 * logarithm of 2 more than the number of its domains among the feasible nodes that are not ignored:
 * the domains that these are in, and one more for all that are in none; for the domain `node`, the
 * number of these nodes. A node that is in none adds nothing for the term.
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
