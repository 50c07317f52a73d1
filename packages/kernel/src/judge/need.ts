/** *Need*: in each of the domains stands a replica that matches, or the first may start. */
import type { State } from '../cluster/state.js'
import type { NeedFilter } from '../rule/filter.js'
import type { Tally } from '../rule/expr.js'
import { domainCounts } from './expr.js'

/** A tally for each of its domains, the same objects each time: an index knows tallies by these. */
export const talliesOfNeed = (need: NeedFilter): readonly Tally[] => {
  const before = made.get(need)
  if (before !== undefined) return before
  const { facts, domains } = need
  const tallies = domains.map((domain): Tally => ({ facts, domain, absent: 'refuse' }))
  made.set(need, tallies)
  return tallies
}
const made = new WeakMap<NeedFilter, readonly Tally[]>()

export const allowsNeed = (need: NeedFilter, state: State): ((row: number) => boolean) => {
  const censuses = talliesOfNeed(need).map((tally) => domainCounts(state, tally))
  const canStart = need.firstMayStart && censuses.every(({ extremes }) => extremes().most <= 0)
  return (row) =>
    censuses.every(({ countAt }) => {
      const count = countAt(row)
      return count !== undefined && (canStart || count > 0)
    })
}
