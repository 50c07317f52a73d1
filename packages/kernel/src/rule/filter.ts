/**
 * Filters: what a node must satisfy. A class has one list of them, in the adapter's order, kinds
 * mixed; the first that refuses is the verdict. Each names its plugin and reason, and whether it is
 * `removable`: whether removing replicas from the node could change its answer, as far as the
 * adapter wants that to be tried.
 */
import type { Expr, Tally } from './expr.js'
import type { DimensionId, NodeId, PluginId, ReasonId } from './id.js'
import type { Domain, Match } from './match.js'

interface FilterBase {
  readonly plugin: PluginId
  readonly removable: boolean
}

/** These nodes and no others. */
export interface OnlyFilter extends FilterBase {
  readonly _tag: 'Only'
  readonly reason: ReasonId
  readonly nodes: readonly NodeId[]
}

/** The expression holds of the node. */
export interface RequireFilter extends FilterBase {
  readonly _tag: 'Require'
  readonly reason: ReasonId
  readonly expr: Expr
}

/**
 * The node has free what is demanded, in every dimension that is demanded at all; an amount of 0 is
 * not looked at. Parts are asked one by one, also two of one dimension, and each that falls short
 * is reported with its own reason. Removal can not help where the demand exceeds the whole
 * capacity, unless the part is a `slot`.
 */
export interface FitFilter extends FilterBase {
  readonly _tag: 'Fit'
  readonly parts: readonly FitPart[]
}
export interface FitPart {
  readonly dimension: DimensionId
  readonly amount: number
  readonly reason: ReasonId
  readonly slot: boolean
}

/** In the node's domain, the replicas counted and `self` together are at most `most`. */
export interface LimitFilter extends FilterBase {
  readonly _tag: 'Limit'
  readonly reason: ReasonId
  readonly tally: Tally
  readonly self: number
  readonly max: number
}

/**
 * In the node's domain, the replicas counted and `self` together are at most `most` more than in
 * the domain that has the fewest. Where there are fewer than `domainsMin` domains, or none, the
 * fewest is taken for 0.
 */
export interface SkewFilter extends FilterBase {
  readonly _tag: 'Skew'
  readonly reason: ReasonId
  readonly tally: Tally
  readonly self: number
  readonly max: number
  readonly domainsMin: number
}

/**
 * The node is in all of the domains, and in each of them stands a replica that matches; not
 * necessarily the same in each. When the first may start, and no replica that matches stands in any
 * of these domains of any node, being in all of them is enough.
 */
export interface NeedFilter extends FilterBase {
  readonly _tag: 'Need'
  readonly reason: ReasonId
  readonly facts: Match
  /** At least one. */
  readonly domains: readonly Domain[]
  readonly firstMayStart: boolean
}

type AnyFilter = OnlyFilter | RequireFilter | FitFilter | LimitFilter | SkewFilter | NeedFilter

/** Any filter, or those with a tag: `Filter<'Fit'>`. */
export type Filter<Tag extends AnyFilter['_tag'] = AnyFilter['_tag']> = Extract<
  AnyFilter,
  { readonly _tag: Tag }
>
