/**
 * Deciding by index: what is judged and scored are the few nodes that stand for others, by the same
 * functions that judge and score every node by the book.
 */
import { stateOf } from '../cluster/cluster.js'
import type { Integers } from '../cluster/column.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { withIndex, type State } from '../cluster/state.js'
import { ranksOf } from '../cluster/roster.js'
import { clearScratch, lendPositions, lendRows, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import type { Choice } from '../rule/score.js'
import { selectBest, hash, type Best } from '../score/best.js'
import { scoreAll } from '../score/score.js'
import type { ClassIndex, Grouped, Ordered } from './class-index.js'
import { nthOfEquals } from './equals.js'
import { firstOfForest } from './forest.js'
import { firstOfGroups, groupAt } from './groups.js'
import type { Kinds } from './kinds.js'
import { firstWithRoom } from './line.js'
import type { Reads } from './reads.js'

/**
 * The row of the node for the next replica, which will have this id, or nothing. The index must
 * have caught up.
 */
export const decideIn = (index: ClassIndex, draft: Draft, replica: number): number | undefined => {
  const { standing, reads } = index
  const deciding = { index, parts: stateOf(draft), scratch: scratchOf(draft) }
  switch (standing._tag) {
    case 'Grouped':
      return decideGrouped(standing, reads, deciding, replica)
    case 'Looped':
      return firstOf(bestAmong(firstOfForest(standing.forest), reads, deciding))
    case 'Ordered':
      return decideOrdered(standing, reads, deciding)
  }
}

interface Deciding {
  readonly index: ClassIndex
  readonly parts: State
  readonly scratch: Scratch
}

/** Of the groups, by the best of each. */
const decideGrouped = (
  { groups }: Grouped,
  reads: Reads,
  deciding: Deciding,
  replica: number,
): number | undefined => {
  const { index, parts, scratch } = deciding
  const { tie } = index.classSpec.choice
  const best = bestAmong(firstOfGroups(groups, scratch), reads, deciding)
  if (tie === 'rank' || best.count === 0) return firstOf(best)
  const standing = Array.from(best.rows.subarray(0, best.count), (row) => groupAt(groups, row))
  return nthOfEquals(standing, index.kinds, parts, hash(tie.seeded, replica))
}

const firstOf = ({ rows, count }: Candidates): number | undefined =>
  count === 0 ? undefined : rows[0]!

/**
 * The best of those that stand for their groups, the first in rank first. Where one is alone,
 * nothing is asked about it.
 */
const bestAmong = (candidates: Candidates, { shared }: Reads, deciding: Deciding): Candidates => {
  const { index, parts, scratch } = deciding
  if (shared.length === 0 && candidates.count < 2) return candidates
  inRank(candidates, ranksOf(parts.roster))
  const view = withIndex(parts, index.indexed)
  for (const filter of shared) narrow(filter, view, candidates)
  if (candidates.count < 2) return candidates
  keepAll(candidates, bestBy(index.classSpec.choice, view, candidates, scratch))
  return candidates
}

const bestBy = (choice: Choice, parts: State, candidates: Candidates, scratch: Scratch): Best => {
  clearScratch(scratch)
  const { decisive } = scoreAll(choice, { state: parts, candidates, scratch })
  return selectBest(decisive, candidates.count, lendPositions(scratch, candidates.count))
}

/**
 * Of the kinds, by any node of each, those that come first; of these the first nodes that have
 * room; and so on with the others.
 */
const decideOrdered = (
  ordered: Ordered,
  { shared }: Reads,
  { index: { kinds, indexed }, parts, scratch }: Deciding,
): number | undefined => {
  const view = withIndex(parts, indexed)
  const open = anyOfKinds(kinds, scratch)
  for (const filter of shared) narrow(filter, view, open)
  while (open.count > 0) {
    const best = bestBy(ordered.before, view, open, scratch)
    const found = withRoom(ordered, kinds, open, best)
    if (found.count === 1) return found.rows[0]!
    if (found.count > 1) {
      inRank(found, ranksOf(parts.roster))
      return found.rows[bestBy(ordered.after, view, found, scratch).positions[0]!]!
    }
    dropAll(open, best)
  }
  return undefined
}

const anyOfKinds = ({ members }: Kinds, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, members.length)
  let count = 0
  for (const rowsOfKind of members) if (rowsOfKind.length > 0) rows[count++] = rowsOfKind[0]!
  return { rows, count }
}

/** The first node that has room of each of these kinds. */
const withRoom = (
  { order, demand }: Ordered,
  kinds: Kinds,
  { rows }: Candidates,
  { positions, count }: Best,
): Candidates => {
  const found = { rows: new Int32Array(count), count: 0 }
  for (let i = 0; i < count; i++) {
    const row = firstWithRoom(order.lines[kinds.of[rows[positions[i]!]!]!]!, demand)
    if (row !== undefined) found.rows[found.count++] = row
  }
  return found
}

/** Keeps these alone, which are in order. */
const keepAll = (candidates: Candidates, { positions, count }: Best): void => {
  const { rows } = candidates
  for (let i = 0; i < count; i++) rows[i] = rows[positions[i]!]!
  candidates.count = count
}

/** Takes these out, which are in order. */
const dropAll = (candidates: Candidates, { positions, count }: Best): void => {
  const { rows } = candidates
  let [kept, next] = [0, 0]
  for (let i = 0; i < candidates.count; i++)
    if (next < count && positions[next] === i) next++
    else rows[kept++] = rows[i]!
  candidates.count = kept
}

/**
 * Few are sorted by hand: that is done before a comparison by a function of one's own has begun.
 */
const inRank = ({ rows, count }: Candidates, ranks: Integers): void => {
  if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)
  else
    for (let i = 1; i < count; i++) {
      const row = rows[i]!
      let at = i
      for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!
      rows[at] = row
    }
}
