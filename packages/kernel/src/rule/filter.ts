/**
 * Filters: what a node must satisfy. A class has one list of them, in the adapter's order, kinds mixed; the first that refuses
 * is the verdict. Each names its plugin and reason, and whether removing replicas from the node could change its answer.
 */
import type { Expr } from './expr.js'
import type { Dimension, NodeId, Plugin, Reason } from './id.js'
import type { Tally } from './tally.js'

interface Said {
  readonly plugin: Plugin
  readonly removable: boolean
}

/** These nodes and no others. */
export interface Only extends Said {
  readonly _tag: 'Only'
  readonly reason: Reason
  readonly nodes: readonly NodeId[]
}

/** The expression holds of the node. */
export interface Require extends Said {
  readonly _tag: 'Require'
  readonly reason: Reason
  readonly expr: Expr
}

/**
 * The node has free what is demanded, in every dimension that is demanded at all; an amount of 0 is not looked at. Each part that
 * falls short is reported with its own reason. Removal can not help where the demand exceeds the whole capacity, unless the
 * part is a `slot`.
 */
export interface Fit extends Said {
  readonly _tag: 'Fit'
  readonly parts: readonly FitPart[]
}
export interface FitPart {
  readonly dimension: Dimension
  readonly amount: number
  readonly reason: Reason
  readonly slot: boolean
}

/** On the node, the replicas counted and `self` together are at most `most`. */
export interface Limit extends Said {
  readonly _tag: 'Limit'
  readonly reason: Reason
  readonly tally: Tally & { readonly domain: 'node' }
  readonly self: number
  readonly most: number
}

export type Filter = Only | Require | Fit | Limit
