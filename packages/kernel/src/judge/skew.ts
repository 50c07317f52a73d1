/**
 * Evaluates the *skew* filter, such as a topology spread constraint: a node's domain (such as its
 * zone) may hold at most `max` more counted replicas than the domain with the fewest.
 */
import type { State } from '../cluster/state.js'
import type { SkewFilter } from '../rule/filter.js'
import { domainCounts } from './expr.js'

/** True of the node rows that the filter allows. */
export const allowsSkew = (
  { tally, self, max, domainsMin }: SkewFilter,
  state: State,
): ((row: number) => boolean) => {
  const { countAt, extremes } = domainCounts(state, tally)
  const { domains, min } = extremes()
  const base = domains === 0 || domains < domainsMin ? 0 : min
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self - base <= max
  }
}
