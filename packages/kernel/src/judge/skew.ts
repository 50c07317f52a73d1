/** *Skew*: in the node's domain stand at most so many more than in the domain that has the fewest. */
import type { Parts } from '../cluster/parts.js'
import type { Skew } from '../rule/filter.js'
import { census } from './census.js'

export const allowsSkew = (
  { tally, self, most, domainsMin }: Skew,
  parts: Parts,
): ((row: number) => boolean) => {
  const { countAt, extremes } = census(parts, tally)
  const { domains, least: fewest } = extremes()
  const least = domains === 0 || domains < domainsMin ? 0 : fewest
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self - least <= most
  }
}
