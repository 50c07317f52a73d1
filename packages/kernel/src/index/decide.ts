/**
 * Chooses the node for the next replica of a class (a workload), using the index of the class.
 * Filters and scores run on a few candidates only, each of which represents all nodes that the
 * class cannot tell apart. The same functions filter and score in a scan of all nodes; here they
 * take the counts of replicas from the index (`IndexAnswers`).
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
import type { ClassIndex } from './class-index.js'
import type { GroupStructure, OrderStructure } from './class-structure.js'
import type { ReadSet } from './read-set.js'
import { bestOfFlatTournaments } from './structures/flat-tournaments.js'
import { bestOfGroups, groupOfRow } from './structures/groups.js'
import { firstFit } from './structures/ordered-blocks.js'
import type { Partitions } from './structures/partitions.js'
import { nthTie } from './structures/ties.js'

/**
 * The row of the node for the next replica, or undefined when no node is feasible. `replica` is the
 * id that the replica will have. The index must have caught up.
 */
export const decideByIndex = (
  index: ClassIndex,
  draft: Draft,
  replica: number,
): number | undefined => {
  const { structure, readSet } = index
  const decision = { index, state: stateOf(draft), scratch: scratchOf(draft) }
  switch (structure._tag) {
    case 'Groups':
      return decideByGroups(structure, readSet, decision, replica)
    case 'FlatTournaments': {
      const candidates = bestOfFlatTournaments(structure.tournaments)
      return firstRow(bestCandidates(candidates, readSet, decision))
    }
    case 'FreeOrder':
      return decideByOrder(structure, readSet, decision)
  }
}

interface IndexDecision {
  readonly index: ClassIndex
  readonly state: State
  readonly scratch: Scratch
}

/** Compares the best of each group; with ties by seed, picks among all nodes of the best groups. */
const decideByGroups = (
  { groups }: GroupStructure,
  readSet: ReadSet,
  decision: IndexDecision,
  replica: number,
): number | undefined => {
  const { index, state, scratch } = decision
  const { tie } = index.classSpec.choice
  const best = bestCandidates(bestOfGroups(groups, scratch), readSet, decision)
  if (tie === 'rank' || best.count === 0) return firstRow(best)
  const bestGroups = Array.from(best.rows.subarray(0, best.count), (row) => groupOfRow(groups, row))
  return nthTie(bestGroups, index.partitions, state, hash(tie.seeded, replica))
}

const firstRow = ({ rows, count }: Candidates): number | undefined =>
  count === 0 ? undefined : rows[0]!

/** The feasible candidates that no other exceeds, by rank. A single candidate is not scored. */
const bestCandidates = (
  candidates: Candidates,
  { domainFilters }: ReadSet,
  decision: IndexDecision,
): Candidates => {
  const { index, state, scratch } = decision
  if (domainFilters.length === 0 && candidates.count < 2) return candidates
  sortByRank(candidates, ranksOf(state.roster))
  const view = withIndex(state, index.answers)
  for (const filter of domainFilters) narrow(filter, view, candidates)
  if (candidates.count < 2) return candidates
  keepPositions(candidates, bestPositions(index.classSpec.choice, view, candidates, scratch))
  return candidates
}

const bestPositions = (
  choice: Choice,
  state: State,
  candidates: Candidates,
  scratch: Scratch,
): Best => {
  clearScratch(scratch)
  const { decisive } = scoreAll(choice, { state, candidates, scratch })
  return selectBest(decisive, candidates.count, lendPositions(scratch, candidates.count))
}

/**
 * Compares partitions first, by any node of each. Of the best partitions it compares the first
 * nodes with room; when there are none, it continues with the next best partitions.
 */
const decideByOrder = (
  structure: OrderStructure,
  { domainFilters }: ReadSet,
  { index: { partitions, answers }, state, scratch }: IndexDecision,
): number | undefined => {
  const view = withIndex(state, answers)
  const open = onePerPartition(partitions, scratch)
  for (const filter of domainFilters) narrow(filter, view, open)
  while (open.count > 0) {
    const best = bestPositions(structure.partitionChoice, view, open, scratch)
    const found = firstFits(structure, partitions, open, best)
    if (found.count === 1) return found.rows[0]!
    if (found.count > 1) {
      sortByRank(found, ranksOf(state.roster))
      return found.rows[bestPositions(structure.nodeChoice, view, found, scratch).positions[0]!]!
    }
    dropPositions(open, best)
  }
  return undefined
}

const onePerPartition = ({ members }: Partitions, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, members.length)
  let count = 0
  for (const list of members) if (list.length > 0) rows[count++] = list[0]!
  return { rows, count }
}

/** The first node with room of each of these partitions, if any. */
const firstFits = (
  { order, demand }: OrderStructure,
  partitions: Partitions,
  { rows }: Candidates,
  { positions, count }: Best,
): Candidates => {
  const found = { rows: new Int32Array(count), count: 0 }
  for (let i = 0; i < count; i++) {
    const partition = partitions.partitionOf[rows[positions[i]!]!]!
    const row = firstFit(order.lists[partition]!, demand)
    if (row !== undefined) found.rows[found.count++] = row
  }
  return found
}

/** Keeps the candidates at these ascending positions. */
const keepPositions = (candidates: Candidates, { positions, count }: Best): void => {
  const { rows } = candidates
  for (let i = 0; i < count; i++) rows[i] = rows[positions[i]!]!
  candidates.count = count
}

/** Drops the candidates at these ascending positions. */
const dropPositions = (candidates: Candidates, { positions, count }: Best): void => {
  const { rows } = candidates
  let [remaining, next] = [0, 0]
  for (let i = 0; i < candidates.count; i++)
    if (next < count && positions[next] === i) next++
    else rows[remaining++] = rows[i]!
  candidates.count = remaining
}

/** Insertion sort up to 16 rows: done before the sort of a typed array has set up its callback. */
const sortByRank = ({ rows, count }: Candidates, ranks: Integers): void => {
  if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)
  else
    for (let i = 1; i < count; i++) {
      const row = rows[i]!
      let at = i
      for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!
      rows[at] = row
    }
}
