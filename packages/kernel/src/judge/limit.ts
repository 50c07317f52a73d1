/**
 * *Limit*: in the node's domain, the replicas counted and the new one together are at most so many.
 */
import type { State } from '../cluster/state.js'
import type { LimitFilter } from '../rule/filter.js'
import { domainCounts } from './expr.js'

export const allowsLimit = (
  { tally, self, max }: LimitFilter,
  state: State,
): ((row: number) => boolean) => {
  const { countAt } = domainCounts(state, tally)
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self <= max
  }
}
