/**
 * Keeps the best feasible node of each partition (nodes in the same domains, such as zones, with
 * equal fixed scores), in flat 8-ary tournament trees. Serves only classes (workloads as the
 * scheduler sees them) that the fast scoring loop in `flat-loop.ts` supports.
 *
 * 1. `openFlatTournaments` scores all nodes.
 * 2. `catchUpFlatTournaments` scores the nodes that changed.
 * 3. `bestOfFlatTournaments` reads the best node of each partition.
 */
import { nodeOf, type Changes } from '../../cluster/changes.js'
import type { Candidates } from '../../judge/candidates.js'
import type { FlatLayout } from './flat-layout.js'
import {
  batchRows,
  bestPerPartition,
  clearLeafAt,
  newLoopState,
  rescore,
  type LoopQuery,
  type LoopState,
} from './flat-loop.js'
import type { NodeRecords } from './node-records.js'
import { noNumber } from './partitions.js'

export interface FlatTournaments extends LoopState {
  /** The number of the first change that is not applied yet. */
  nextChange: number
  /** How many numbers of the moves of the layout are applied. */
  nextMove: number
}

/** `nextChange` is the number of the first change that the records do not contain. */
export const openFlatTournaments = (
  records: NodeRecords,
  layout: FlatLayout,
  query: LoopQuery,
  nextChange: number,
): FlatTournaments => {
  const tournaments = {
    ...newLoopState(records, layout, query),
    nextChange,
    nextMove: layout.moves.length,
  }
  const { rows } = tournaments
  let filled = 0
  for (const row of layout.rowAt) {
    if (row === noNumber) continue
    rows[filled++] = row
    if (filled < batchRows) continue
    rescore(tournaments, filled)
    filled = 0
  }
  rescore(tournaments, filled)
  return tournaments
}

/**
 * Applies all changes of the log that are not applied yet. The records must contain them. A node
 * that changed several times is scored once, at its last change; a row that existed only in a trial
 * is skipped.
 */
export const catchUpFlatTournaments = (tournaments: FlatTournaments, changes: Changes): void => {
  const {
    records: { lastChange },
    layout: { leafOf },
    rows,
  } = tournaments
  const { count } = changes
  catchUpMoves(tournaments)
  while (tournaments.nextChange < count) {
    const end = Math.min(tournaments.nextChange + batchRows, count)
    let filled = 0
    for (let number = tournaments.nextChange; number < end; number++) {
      const row = nodeOf(changes, number)
      rows[filled] = row
      if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber)
        filled++
    }
    rescore(tournaments, filled)
    tournaments.nextChange = end
  }
}

/** Empties the leaves that nodes had, and scores the nodes at their new leaves. */
const catchUpMoves = (tournaments: FlatTournaments): void => {
  const { layout, rows, nextMove } = tournaments
  const { moves, leafOf } = layout
  if (nextMove === moves.length) return
  tournaments.nextMove = moves.length
  for (let i = nextMove; i < moves.length; i += 3)
    if (moves[i + 1] !== noNumber) clearLeafAt(tournaments, moves[i + 1]!, moves[i + 2]!)
  let filled = 0
  for (let i = nextMove; i < moves.length; i += 3) {
    if (leafOf[moves[i]!] === noNumber) continue
    rows[filled++] = moves[i]!
    if (filled < batchRows) continue
    rescore(tournaments, filled)
    filled = 0
  }
  rescore(tournaments, filled)
}

/** The best node of each partition that has feasible nodes, not in order of rank. */
export const bestOfFlatTournaments = (tournaments: FlatTournaments): Candidates => ({
  count: bestPerPartition(tournaments),
  rows: tournaments.rows,
})

/** How many nodes are feasible in the partition of a node. */
export const feasibleInPartition = ({ counts, layout }: FlatTournaments, row: number): number =>
  counts[layout.partitionOf[row]!]!
