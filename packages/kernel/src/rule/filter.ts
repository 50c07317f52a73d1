/**
 * Defines the types of filters: conditions that a node must satisfy, as data. A class (a workload
 * as the scheduler sees it) has one ordered list of filters, and the first filter that refuses a
 * node gives the reason.
 */
import type { Expr, Tally } from './expr.js'
import type { DimensionId, NodeId, PluginId, ReasonId } from './id.js'
import type { Domain, Match } from './match.js'

/**
 * What every filter has. `removable` says whether evicting replicas from a node could change the
 * filter's answer and the adapter wants that to be tried.
 */
interface FilterBase {
  readonly plugin: PluginId
  readonly removable: boolean
}

/** Allows the listed nodes and no others. */
export interface OnlyFilter extends FilterBase {
  readonly _tag: 'Only'
  readonly reason: ReasonId
  readonly nodes: readonly NodeId[]
}

/** Allows nodes of which the expression holds. */
export interface RequireFilter extends FilterBase {
  readonly _tag: 'Require'
  readonly reason: ReasonId
  readonly expr: Expr
}

/**
 * Allows nodes whose free amount covers the demand in every part. An amount of 0 always fits. Parts
 * are independent, even two of one dimension, and each part that falls short adds its own reason. A
 * refusal is not removable on a node whose whole capacity is below the demand, unless the part is a
 * `slot`.
 */
export interface FitFilter extends FilterBase {
  readonly _tag: 'Fit'
  readonly parts: readonly FitPart[]
}
/** The demand for one dimension and the reason that is given when it falls short. */
export interface FitPart {
  readonly dimension: DimensionId
  readonly amount: number
  readonly reason: ReasonId
  readonly slot: boolean
}

/** Allows a node when the replicas counted in its domain plus `self` are at most `max`. */
export interface LimitFilter extends FilterBase {
  readonly _tag: 'Limit'
  readonly reason: ReasonId
  readonly tally: Tally
  readonly self: number
  readonly max: number
}

/**
 * Allows a node when the replicas counted in its domain plus `self` exceed the count of the domain
 * with the fewest by at most `max`. The fewest is taken as 0 when there are fewer than `domainsMin`
 * domains, or none.
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
 * Allows a node that is in all of the domains and has a matching replica in each of them; these may
 * be different replicas. With `firstMayStart`, being in all of the domains is enough while none of
 * these domains holds a matching replica on any node.
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
