/** *Limit*: in the node's domain, the replicas counted and the new one together are at most so many. */
import type { Parts } from '../cluster/parts.js'
import type { Limit } from '../rule/filter.js'
import { census } from './census.js'

export const allowsLimit = (
  { tally, self, most }: Limit,
  parts: Parts,
): ((row: number) => boolean) => {
  const { countAt } = census(parts, tally)
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self <= most
  }
}
