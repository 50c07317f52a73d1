/**
 * Scores and the choice among the nodes that passed: how raw numbers decide.
 */
import type { PluginId } from './id.js'
import type { RawScore } from './raw.js'

/**
 * What is done to a column of raw scores over the feasible nodes, `x` being one of them. With
 * `none`, nothing. With `max`, x * 100 / max, rounded toward 0; 0 where max is 0 or less. With
 * `max-reversed`, 100 minus that. With `min-max`, 100 * ((x - min) / (max - min)), rounded down; 0
 * where all are alike. With `spread`, (max + min - x) * 100 / max, rounded toward 0; 100 where max
 * is 0. A node that the raw score ignores has no say in max and min, and gets 0.
 */
export type Normaliser = 'none' | 'max' | 'max-reversed' | 'min-max' | 'spread'

export interface Score {
  readonly plugin: PluginId
  readonly raw: RawScore
  readonly normaliser: Normaliser
  readonly weight: number
}

/** A node that the raw score ignores comes after all others, whichever is preferred. */
export interface ChainKey {
  readonly plugin: PluginId
  readonly raw: RawScore
  readonly prefer: 'least' | 'most'
}

/**
 * What decides among equals: `rank` takes the first node by name, in code-unit order; `seeded`
 * takes the k-th of them, k being a hash of the seed and the replica's id.
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
