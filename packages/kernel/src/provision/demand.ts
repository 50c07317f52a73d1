/**
 * Groups placement requests by class (a workload as the scheduler sees it) into demands for new
 * nodes: how many replicas of each class. Also separates filters that depend on the new node alone
 * from filters that look beyond the node, such as spreading over zones.
 */
import { rowOf } from '../cluster/generation.js'
import type { State } from '../cluster/state.js'
import { phaseRowOf } from '../cluster/write.js'
import { domainOf, isLocal } from '../judge/domain-counts.js'
import { eligibility } from '../judge/expr.js'
import { narrow } from '../judge/judge.js'
import { talliesOfFilter } from '../index/rule-reads.js'
import { getClassSpec } from '../place/get-class-spec.js'
import type { PlaceRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import type { Tally } from '../rule/expr.js'
import type { Filter } from '../rule/filter.js'
import type { ClassId, WordId } from '../rule/id.js'
import { leavesOf } from '../rule/leaves.js'

/** The replicas of one class. */
export interface ClassDemand {
  readonly class: ClassId
  readonly row: number
  readonly spec: ClassSpec
  readonly count: number
}

/** The phase of a replica that was placed. */
export const assumedPhase = phaseRowOf('assumed')

/** By class, in the order of falling priority and then of first mention. */
export const demandsOf = (
  state: State,
  requests: readonly Pick<PlaceRequest, 'class' | 'count'>[],
): readonly ClassDemand[] => {
  const counts = new Map<ClassId, number>()
  for (const { class: id, count } of requests) counts.set(id, (counts.get(id) ?? 0) + count)
  return [...counts]
    .map(([id, count]) => ({
      ...{ class: id, row: rowOf(id), spec: getClassSpec(state, id), count },
    }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.spec.priority - one.spec.priority)
}

/**
 * Whether a domain of the tally is a single new node: that of the node itself, or of an attribute
 * that each node has for itself.
 */
export const isOfOneNode = (tally: Tally, named: ReadonlySet<WordId>): boolean =>
  isLocal(tally) || (typeof tally.domain === 'number' && named.has(tally.domain))

/** Whether the filter looks beyond the node. */
export const looksWide = (filter: Filter, named: ReadonlySet<WordId>): boolean =>
  talliesOfFilter(filter).some((tally) => !isOfOneNode(tally, named))

/**
 * What a filter says about a new node by looking at that node alone: a skew over nodes becomes a
 * limit, as an empty node could always be opened. Filters that look beyond the node are left out.
 */
export const nearFilters = (
  filters: readonly Filter[],
  named: ReadonlySet<WordId>,
): readonly Filter[] =>
  filters.flatMap((filter): readonly Filter[] => {
    if (!isLive(filter) || looksWide(filter, named)) return []
    if (filter._tag !== 'Limit' && filter._tag !== 'Skew') return [filter]
    const { facts, eligible, removal } = filter.tally
    const tally: Tally = {
      ...{ facts, domain: 'node', absent: 'own' },
      ...(eligible === undefined ? {} : { eligible }),
      ...(removal === undefined ? {} : { removal }),
    }
    const { plugin, reason, removable, self, max } = filter
    return [{ _tag: 'Limit', plugin, reason, removable, tally, self, max }]
  })

/** Whether the answer of a filter changes with what is placed. */
const isLive = (filter: Filter): boolean =>
  filter._tag === 'Fit' ||
  talliesOfFilter(filter).length > 0 ||
  (filter._tag === 'Require' && leavesOf(filter.expr).some(({ _tag }) => _tag === 'Count'))

/** Of which of these rows all of the filters allow one more. */
export const allowedRows = (
  state: State,
  filters: readonly Filter[],
  rows: readonly number[],
): readonly number[] => {
  const candidates = { rows: Int32Array.from(rows), count: rows.length }
  for (const filter of filters) narrow(filter, state, candidates)
  return [...candidates.rows.subarray(0, candidates.count)]
}

/** Nodes with the same text look the same to the tallies. */
export const domainKeys = (state: State, tallies: readonly Tally[]): ((row: number) => string) => {
  const readers = tallies.map((tally) => {
    const domain = domainOf(state, tally)
    const isEligible = eligibility(state, tally)
    return (row: number) => `${domain(row)} ${isEligible(row)}`
  })
  return (row) => readers.map((read) => read(row)).join()
}
