/**
 * Evaluates the *need* filter, such as a required pod affinity: each of the node's listed domains
 * (such as its zone) must hold a matching replica. With `firstMayStart`, this does not apply to the
 * first replica: while no domain in the cluster holds a matching replica, any node that has the
 * listed domains is allowed.
 */
import type { State } from '../cluster/state.js'
import type { NeedFilter } from '../rule/filter.js'
import type { Tally } from '../rule/expr.js'
import { domainCounts } from './expr.js'

/**
 * A tally for each domain of the filter, the same objects at each call: an index finds the counts
 * of a tally by its identity.
 */
export const talliesOfNeed = (need: NeedFilter): readonly Tally[] => {
  const before = talliesByNeed.get(need)
  if (before !== undefined) return before
  const { facts, domains } = need
  const tallies = domains.map((domain): Tally => ({ facts, domain, absent: 'refuse' }))
  talliesByNeed.set(need, tallies)
  return tallies
}
/**
 * A module-level cache, keyed by the identity of the filter. Filters are never mutated, so an entry
 * cannot be stale; it is collected together with its filter.
 */
const talliesByNeed = new WeakMap<NeedFilter, readonly Tally[]>()

/** True of the node rows that the filter allows. */
export const allowsNeed = (need: NeedFilter, state: State): ((row: number) => boolean) => {
  const censuses = talliesOfNeed(need).map((tally) => domainCounts(state, tally))
  const canStart = need.firstMayStart && censuses.every(({ extremes }) => extremes().max <= 0)
  return (row) =>
    censuses.every(({ countAt }) => {
      const count = countAt(row)
      return count !== undefined && (canStart || count > 0)
    })
}
