/** *Need*: in each of the domains stands a replica that matches, or the first may start. */
import type { Parts } from '../cluster/parts.js'
import type { Need } from '../rule/filter.js'
import { census } from './census.js'

export const allowsNeed = (
  { facts, domains, firstMayStart }: Need,
  parts: Parts,
): ((row: number) => boolean) => {
  const censuses = domains.map((domain) => census(parts, { facts, domain, absent: 'refuse' }))
  const starts =
    firstMayStart && censuses.every(({ counts }) => counts().every((count) => count === 0))
  return (row) =>
    censuses.every(({ countAt }) => {
      const count = countAt(row)
      return count !== undefined && (starts || count > 0)
    })
}
