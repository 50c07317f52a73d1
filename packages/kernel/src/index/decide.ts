/**
 * Chooses the node for the next replica of a class (a workload as the scheduler sees it), using the
 * index of the class. Filters and scores only a few candidates, each the best of many nodes.
 */
import { stateOf } from '../cluster/cluster.js'
import type { Amounts, Integers } from '../cluster/column.js'
import { scratchOf, type Draft } from '../cluster/draft.js'
import { withIndex } from '../cluster/state.js'
import { ranksOf } from '../cluster/roster.js'
import { lendRows, type Scratch } from '../cluster/scratch.js'
import type { Candidates } from '../judge/candidates.js'
import { narrow } from '../judge/judge.js'
import { hash, type Best } from '../score/best.js'
import { bestOf } from '../score/score.js'
import type { ClassIndex } from './class-index.js'
import type { GroupStructure, OrderStructure } from './class-structure.js'
import { sortKey } from './structures/block.js'
import { bestOfFlatTournaments } from './structures/flat-tournaments.js'
import { bestOfGroups, groupOfRow } from './structures/groups.js'
import { firstFit } from './structures/ordered-blocks.js'
import { comparePartitions } from './structures/partition-keys.js'
import { noNumber, type Partitions } from './structures/partitions.js'
import { nthTie } from './structures/ties.js'

/**
 * The row of the node for the next replica, or undefined when no node is feasible. `replica` is the
 * id that the replica will have. The index must have caught up. The functions that filter and score
 * are those of a scan of all nodes; here they take the counts of replicas from the index
 * (`IndexAnswers`).
 */
export const decideByIndex = (
  index: ClassIndex,
  draft: Draft,
  replica: number,
): number | undefined => {
  const { structure } = index
  switch (structure._tag) {
    case 'Groups':
      return decideByGroups(structure, index, draft, replica)
    case 'FlatTournaments':
      return firstRow(bestCandidates(bestOfFlatTournaments(structure.tournaments), index, draft))
    case 'FreeOrder':
      return decideByOrder(structure, index, draft)
  }
}

/** Compares the best of each group; with ties by seed, picks among all nodes of the best groups. */
const decideByGroups = (
  { groups }: GroupStructure,
  index: ClassIndex,
  draft: Draft,
  replica: number,
): number | undefined => {
  const { tie } = index.classSpec.choice
  const best = bestCandidates(bestOfGroups(groups, scratchOf(draft)), index, draft)
  if (tie === 'rank' || best.count === 0) return firstRow(best)
  const bestGroups = Array.from(best.rows.subarray(0, best.count), (row) => groupOfRow(groups, row))
  return nthTie(bestGroups, index.partitions, stateOf(draft), hash(tie.seeded, replica))
}

const firstRow = ({ rows, count }: Candidates): number | undefined =>
  count === 0 ? undefined : rows[0]!

/** The feasible candidates that no other exceeds, by rank. A single candidate is not scored. */
const bestCandidates = (
  candidates: Candidates,
  { readSet: { domainFilters }, classSpec, answers, shared }: ClassIndex,
  draft: Draft,
): Candidates => {
  if (domainFilters.length === 0 && candidates.count < 2) return candidates
  const state = stateOf(draft)
  sortByRank(candidates, shared.source?.labels ?? ranksOf(state.roster))
  const view = withIndex(state, answers)
  for (const filter of domainFilters) narrow(filter, view, candidates)
  if (candidates.count < 2) return candidates
  keepPositions(
    candidates,
    bestOf(classSpec.choice, { state: view, candidates, scratch: scratchOf(draft) }),
  )
  return candidates
}

/**
 * Compares the first nodes with room of the partitions, one of each: by the keys that are equal for
 * all nodes of a partition, then by what is free, then by the keys after that, then by rank. A
 * partition that is worse than that of a node is not searched, so the best partition comes first.
 */
const decideByOrder = (
  { order: { lists, order }, demand, keysBefore, keysAfter }: OrderStructure,
  { partitions, readSet: { domainFilters }, answers }: ClassIndex,
  draft: Draft,
): number | undefined => {
  const open = onePerPartition(partitions, scratchOf(draft))
  if (domainFilters.length > 0) {
    const view = withIndex(stateOf(draft), answers)
    for (const filter of domainFilters) narrow(filter, view, open)
  }
  const partitionAt = (i: number): number => partitions.partitionOf[open.rows[i]!]!
  let first = 0
  for (let i = 1; i < open.count; i++)
    if (comparePartitions(keysBefore, partitionAt(i), partitionAt(first)) > 0) first = i
  let best: number | undefined
  let bestPartition = noNumber
  for (let i = 0; i < open.count; i++) {
    const partition = partitionAt((first + i) % open.count)
    const compared: number =
      best === undefined ? 1 : comparePartitions(keysBefore, partition, bestPartition)
    const row: number | undefined = compared < 0 ? undefined : firstFit(lists[partition]!, demand)
    if (row === undefined) continue
    // The first node with room is better than none.
    const better =
      compared ||
      sortKey(order, best!) - sortKey(order, row) ||
      comparePartitions(keysAfter, partition, bestPartition) ||
      order.ranks[best!]! - order.ranks[row]!
    if (better <= 0) continue
    best = row
    bestPartition = partition
  }
  return best
}

const onePerPartition = ({ samples }: Partitions, scratch: Scratch): Candidates => {
  const rows = lendRows(scratch, samples.length)
  let count = 0
  for (const row of samples) if (row !== noNumber) rows[count++] = row
  return { rows, count }
}

/** Keeps the candidates at these ascending positions. */
const keepPositions = (candidates: Candidates, { positions, count }: Best): void => {
  const { rows } = candidates
  for (let i = 0; i < count; i++) rows[i] = rows[positions[i]!]!
  candidates.count = count
}

/** Insertion sort up to 16 rows: done before the sort of a typed array has set up its callback. */
const sortByRank = ({ rows, count }: Candidates, ranks: Integers | Amounts): void => {
  if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)
  else
    for (let i = 1; i < count; i++) {
      const row = rows[i]!
      let at = i
      for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!
      rows[at] = row
    }
}
