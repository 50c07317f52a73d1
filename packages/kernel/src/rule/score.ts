/**
 * Defines the types of the rules that choose one of the feasible nodes: by a weighted sum of
 * normalised scores, or by a list of sort keys, in which a later key decides only between nodes
 * that are equal so far. Also defines how ties are broken.
 */
import type { PluginId } from './id.js'
import type { RawScore } from './raw.js'

/**
 * What is done with the raw scores of all feasible nodes; x is one of them, and nodes that the raw
 * score ignores are left out of max and min and get 0.
 *
 * - `none`: x.
 * - `max`: x * 100 / max, rounded toward 0; 0 when max is at most 0.
 * - `max-reversed`: 100 minus that.
 * - `min-max`: 100 * ((x - min) / (max - min)), rounded down; 0 when all are equal.
 * - `spread`: (max + min - x) * 100 / max, rounded toward 0; 100 when max is 0.
 */
export type Normaliser = 'none' | 'max' | 'max-reversed' | 'min-max' | 'spread'

/** One summand of a sum: a raw score, its normaliser, and its weight from 0 to 1,000,000. */
export interface Score {
  readonly plugin: PluginId
  readonly raw: RawScore
  readonly normaliser: Normaliser
  readonly weight: number
}

/**
 * One key of a chain, which prefers the least or the most. A node that the raw score ignores comes
 * last either way.
 */
export interface ChainKey {
  readonly plugin: PluginId
  readonly raw: RawScore
  readonly prefer: 'least' | 'most'
}

/**
 * How one of equally good nodes is taken: `rank` takes the first by name in code-unit order,
 * `seeded` the k-th, where k is a hash of the seed and the id of the new replica.
 */
export type Tie = 'rank' | { readonly seeded: number }

/** The node with the highest sum of weighted scores. */
export interface SumChoice {
  readonly _tag: 'Sum'
  readonly scores: readonly Score[]
  readonly tie: Tie
}

/** The best node by the first key; among equals the best by the second, and so on. */
export interface ChainChoice {
  readonly _tag: 'Chain'
  readonly keys: readonly ChainKey[]
  readonly tie: Tie
}

/** How a node is chosen among the feasible ones; `Choice<'Chain'>` is one kind of it. */
export type Choice<Tag extends 'Sum' | 'Chain' = 'Sum' | 'Chain'> = Extract<
  SumChoice | ChainChoice,
  { readonly _tag: Tag }
>
