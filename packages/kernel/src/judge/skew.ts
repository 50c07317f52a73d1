/** *Skew*: in the node's domain stand at most so many more than in the domain that has the fewest. */
import type { Parts } from '../cluster/parts.js'
import type { Skew } from '../rule/filter.js'
import { census } from './census.js'

export const allowsSkew = (
  { tally, self, most, domainsMin }: Skew,
  parts: Parts,
): ((row: number) => boolean) => {
  const { countAt, counts } = census(parts, tally)
  const least = fewest(counts(), domainsMin)
  return (row) => {
    const count = countAt(row)
    return count === undefined ? tally.absent === 'skip' : count + self - least <= most
  }
}

const fewest = (counts: readonly number[], domainsMin: number): number =>
  counts.length === 0 || counts.length < domainsMin
    ? 0
    : counts.reduce((least, count) => Math.min(least, count))
