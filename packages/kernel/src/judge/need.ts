/** *Need*: in each of the domains stands a replica that matches, or the first may start. */
import type { State } from '../cluster/parts.js'
import type { NeedFilter } from '../rule/filter.js'
import type { Tally } from '../rule/tally.js'
import { census } from './census.js'

/**
 * A tally for each domain of the filter, the same objects at each call: an index finds the counts
 * of a tally by its identity.
 */
export const talliesOfNeed = (need: NeedFilter): readonly Tally[] => {
  const before = made.get(need)
  if (before !== undefined) return before
  const { facts, domains } = need
  const tallies = domains.map((domain): Tally => ({ facts, domain, absent: 'refuse' }))
  made.set(need, tallies)
  return tallies
}
/**
 * A module-level cache, keyed by the identity of the filter. Filters are never mutated, so an entry
 * cannot be stale; it is collected together with its filter.
 */
const made = new WeakMap<NeedFilter, readonly Tally[]>()

export const allowsNeed = (need: NeedFilter, parts: State): ((row: number) => boolean) => {
  const censuses = talliesOfNeed(need).map((tally) => census(parts, tally))
  const starts = need.firstMayStart && censuses.every(({ extremes }) => extremes().most <= 0)
  return (row) =>
    censuses.every(({ countAt }) => {
      const count = countAt(row)
      return count !== undefined && (starts || count > 0)
    })
}
