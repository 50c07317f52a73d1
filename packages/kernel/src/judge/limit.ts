/**
 * Evaluates the *limit* filter, such as pod anti-affinity: a node's domain (such as its zone) may
 * hold at most `max` counted replicas. The new replica counts as well.
 */
import type { State } from '../cluster/state.js'
import type { LimitFilter } from '../rule/filter.js'
import { domainCounts } from './expr.js'

/** True of the node rows that the filter allows. */
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
