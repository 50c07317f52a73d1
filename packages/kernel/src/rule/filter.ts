/**
 * Filters: what a node must satisfy. A class has one list of them, in the adapter's order, kinds mixed; the first that refuses
 * is the verdict. Each names its plugin and reason, and whether it is `removable`: whether removing replicas from the node could
 * change its answer, as far as the adapter wants that to be tried.
 */
import type { Expr } from './expr.js'
import type { Dimension, NodeId, Plugin, Reason } from './id.js'
import type { Domain, Match, Tally } from './tally.js'

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
 * The node has free what is demanded, in every dimension that is demanded at all; an amount of 0 is not looked at. Parts are asked
 * one by one, also two of one dimension, and each that falls short is reported with its own reason. Removal can not help where the demand exceeds the whole capacity, unless the
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

/** In the node's domain, the replicas counted and `self` together are at most `most`. */
export interface Limit extends Said {
  readonly _tag: 'Limit'
  readonly reason: Reason
  readonly tally: Tally
  readonly self: number
  readonly most: number
}

/**
 * In the node's domain, the replicas counted and `self` together are at most `most` more than in the domain that has the fewest.
 * Where there are fewer than `domainsMin` domains, or none, the fewest is taken for 0.
 */
export interface Skew extends Said {
  readonly _tag: 'Skew'
  readonly reason: Reason
  readonly tally: Tally
  readonly self: number
  readonly most: number
  readonly domainsMin: number
}

/**
 * The node is in all of the domains, and in each of them stands a replica that matches; not necessarily the same in each. When
 * the first may start, and no replica that matches stands in any of these domains of any node, being in all of them is enough.
 */
export interface Need extends Said {
  readonly _tag: 'Need'
  readonly reason: Reason
  readonly facts: Match
  /** At least one. */
  readonly domains: readonly Domain[]
  readonly firstMayStart: boolean
}

export type Filter = Only | Require | Fit | Limit | Skew | Need
