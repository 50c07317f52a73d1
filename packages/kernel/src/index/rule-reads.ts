/**
 * Lists what the result of a filter, a score or a tally (a rule that counts replicas per domain)
 * depends on:
 * 1. the tallies, expressions (conditions on a node) and masks (sets of nodes) that are parts of
 *    the rule;
 * 2. for a filter, also its scope: no replicas, the replicas on the node, or the replicas in the
 *    node's domain, such as its zone.
 */
import { isLocal } from '../judge/domain-counts.js'
import { talliesOfNeed } from '../judge/need.js'
import type { Expr, Tally } from '../rule/expr.js'
import type { Filter } from '../rule/filter.js'
import type { MaskId } from '../rule/id.js'
import { leavesOf } from '../rule/leaves.js'
import type { RawScore } from '../rule/raw.js'

/**
 * `static`: nothing; `node`: the replicas on the node; `domain`: the replicas in a domain that the
 * node shares with others.
 */
type Scope = 'static' | 'node' | 'domain'

export const scopeOf = (filter: Filter): Scope => {
  switch (filter._tag) {
    case 'Only':
      return 'static'
    case 'Require':
      return hasCount(filter.expr) ? 'node' : 'static'
    case 'Fit':
      return 'node'
    case 'Limit':
      return isLocal(filter.tally) ? 'node' : 'domain'
    case 'Skew':
    case 'Need':
      return 'domain'
  }
}

/** Whether an expression counts replicas. */
const hasCount = (expr: Expr): boolean => leavesOf(expr).some(({ _tag }) => _tag === 'Count')

/** Whether a score changes with the replicas on the node. */
export const changesWithNode = (raw: RawScore): boolean =>
  raw._tag === 'Load' || exprsOf(raw).some(hasCount)

export const talliesOfFilter = (filter: Filter): readonly Tally[] => {
  switch (filter._tag) {
    case 'Limit':
    case 'Skew':
      return [filter.tally]
    case 'Need':
      return talliesOfNeed(filter)
    default:
      return []
  }
}

/** Tallies of which the filter reads the minimum and maximum over the domains. */
export const extremesTalliesOf = (filter: Filter): readonly Tally[] =>
  filter._tag === 'Limit' ? [] : talliesOfFilter(filter)

export const talliesOfScore = (raw: RawScore): readonly Tally[] =>
  raw._tag === 'Counts' || raw._tag === 'Spread' ? raw.terms.map(([tally]) => tally) : []

export const exprsOfFilter = (filter: Filter): readonly Expr[] =>
  filter._tag === 'Require' ? [filter.expr] : []

export const exprsOf = (raw: RawScore): readonly Expr[] =>
  raw._tag === 'Static' ? [...raw.cases, ...raw.marks].map(([holds]) => holds) : []

/** The expressions that say which nodes are eligible. */
export const eligibleExprs = (tallies: readonly Tally[]): readonly Expr[] =>
  tallies.flatMap(({ eligible }) => (eligible === undefined ? [] : [eligible]))

/** The masks that say which nodes are eligible. */
export const masksOfTally = (tally: Tally): readonly MaskId[] =>
  eligibleExprs([tally])
    .flatMap(leavesOf)
    .flatMap((leaf) => (leaf._tag === 'InMask' ? [leaf.mask] : []))
