/**
 * *Skew*: in the node's domain stand at most so many more than in the domain that has the fewest.
 */
import type { State } from '../cluster/state.js'
import type { SkewFilter } from '../rule/filter.js'
import { domainCounts } from './expr.js'

export const allowsSkew = (
  { tally, self, max, domainsMin }: SkewFilter,
  state: State,
): ((row: number) => boolean) => {
  const { countAt, extremes } = domainCounts(state, tally)
  const { domains, least: fewest } = extremes()
  const least = domains === 0 || domains < domainsMin ? 0 : fewest
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self - least <= max
  }
}
