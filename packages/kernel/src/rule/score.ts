/**
 * Scores and the choice among the nodes that passed: a raw number per node, and how the numbers decide.
 */
import type { Expr } from './expr.js'
import type { Dimension, Plugin } from './id.js'
import type { Tally } from './tally.js'

export interface LoadPart {
  readonly dimension: Dimension
  /** What the replica would add. */
  readonly amount: number
  readonly weight: number
}

export type Raw =
  /** The numbers of the cases that hold of the node, and for each of its marks those of the cases that hold of the mark. */
  | {
      readonly _tag: 'Static'
      readonly cases: readonly (readonly [holds: Expr, number: number])[]
      readonly marks: readonly (readonly [holds: Expr, number: number])[]
    }
  /**
   * A function of the node's load with the replica on it. `least` and `most` are the mean over the parts, by weight, of the
   * percentage that stays free, or is taken: integers from 0 to 100, rounded down at both steps; a part of which the node has
   * none is left out, with its weight. `remaining` is the sum of what stays free, by weight.
   *
   * `balance-change` is how much evener, or less even, the parts would be taken: 50 + (50 + with - without) / 2, rounded down,
   * where each of the two is 100 less the percentage by which the shares taken, at most 1 each, deviate from their mean (standard
   * deviation over the parts of which the node has any), rounded down. Weights have no say in it. 75 is no change.
   */
  | {
      readonly _tag: 'Load'
      readonly curve: 'least' | 'most' | 'remaining' | 'balance-change'
      readonly parts: readonly LoadPart[]
    }
  /** The sum of the tallies of the node's domains, by weight. */
  | {
      readonly _tag: 'Counts'
      readonly terms: readonly (readonly [tally: Tally, weight: number])[]
    }

/**
 * What is done to a column of raw scores over the feasible nodes, `x` being one of them. With `none`, nothing. With `max`,
 * x * 100 / max, rounded toward 0; 0 where max is 0 or less. With `max-reversed`, 100 minus that. With `min-max`,
 * (x - min) * 100 / (max - min), rounded down; 0 where all are alike.
 */
export type Normaliser = 'none' | 'max' | 'max-reversed' | 'min-max'

export interface Score {
  readonly plugin: Plugin
  readonly raw: Raw
  readonly normaliser: Normaliser
  readonly weight: number
}

export interface ChainKey {
  readonly plugin: Plugin
  readonly raw: Raw
  readonly prefer: 'least' | 'most'
}

/**
 * What decides among equals: `rank` takes the first node by name, in code-unit order; `seeded` takes the k-th of them,
 * k being a hash of the seed and the replica's id.
 */
export type Tie = 'rank' | { readonly seeded: number }

/** The highest sum of weighted scores, or the best by the first key, among those by the second, and so on. */
export type Choice =
  | { readonly _tag: 'Sum'; readonly scores: readonly Score[]; readonly tie: Tie }
  | { readonly _tag: 'Chain'; readonly keys: readonly ChainKey[]; readonly tie: Tie }
