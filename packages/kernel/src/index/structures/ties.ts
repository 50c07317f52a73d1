/**
 * Picks the n-th node, in the order of names, of all nodes that share the best score, without
 * listing these nodes. It uses binary search, because a tournament tree can tell how many of these
 * nodes come before a given name.
 */
import type { State } from '../../cluster/state.js'
import { rankedRows, ranksOf } from '../../cluster/roster.js'
import type { Group } from './groups.js'
import { positionBefore, type Partitions } from './partitions.js'
import { tiesBefore } from './tournament.js'

/**
 * The row of the n-th node, by rank, among all nodes that equal the best of their group; `n` counts
 * from 0 and wraps around. The groups must be tied with each other and have tie counts. Costs
 * log2(nodes) tries, each of log2(group size) steps per group.
 */
export const nthTie = (
  groups: readonly Group[],
  { members }: Partitions,
  { roster }: State,
  n: number,
): number => {
  const [ranked, ranks] = [rankedRows(roster), ranksOf(roster)]
  const tiesBeforeRank = (rank: number): number => {
    let ties = 0
    for (const { partition, tournament } of groups)
      ties += tiesBefore(tournament, positionBefore(members[partition]!, ranks, rank))
    return ties
  }
  const nth = n % tiesBeforeRank(ranked.length)
  let [low, high] = [0, ranked.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (tiesBeforeRank(middle + 1) > nth) high = middle
    else low = middle + 1
  }
  return ranked[low]!
}
