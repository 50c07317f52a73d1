/**
 * Any of the nodes that are equally good, without listing them: how many there are is counted in
 * the tournaments of their groups.
 */
import type { State } from '../cluster/state.js'
import { rankedRows, ranksOf } from '../cluster/roster.js'
import type { Integers } from '../cluster/column.js'
import type { Group } from './groups.js'
import type { Kinds } from './kinds.js'
import { equalsBefore } from './tree.js'

/**
 * Of all that are as good as the best of their group, in the order of rank, the one at this place;
 * they are counted round and round.
 */
export const nthOfEquals = (
  groups: readonly Group[],
  { members }: Kinds,
  { roster }: State,
  place: number,
): number => {
  const [ranked, ranks] = [rankedRows(roster), ranksOf(roster)]
  const before = (rank: number): number => {
    let equals = 0
    for (const { kind, tree } of groups)
      equals += equalsBefore(tree, firstFrom(members[kind]!, ranks, rank))
    return equals
  }
  const asked = place % before(ranked.length)
  let [low, high] = [0, ranked.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(middle + 1) > asked) high = middle
    else low = middle + 1
  }
  return ranked[low]!
}

/** How many of these rows, which are in the order of rank, come before it. */
const firstFrom = (rows: Integers, ranks: Integers, rank: number): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranks[rows[middle]!]! < rank) low = middle + 1
    else high = middle
  }
  return low
}
