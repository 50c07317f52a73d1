/** *Need*: in each of the domains stands a replica that matches, or the first may start. */
import type { Parts } from '../cluster/parts.js'
import type { Need } from '../rule/filter.js'
import type { Tally } from '../rule/tally.js'
import { census } from './census.js'

/** A tally for each of its domains. */
export const talliesOfNeed = ({ facts, domains }: Need): readonly Tally[] =>
  domains.map((domain) => ({ facts, domain, absent: 'refuse' }))

export const allowsNeed = (need: Need, parts: Parts): ((row: number) => boolean) => {
  const censuses = talliesOfNeed(need).map((tally) => census(parts, tally))
  const starts = need.firstMayStart && censuses.every(({ extremes }) => extremes().most <= 0)
  return (row) =>
    censuses.every(({ countAt }) => {
      const count = countAt(row)
      return count !== undefined && (starts || count > 0)
    })
}
