/**
 * Lists the nodes that `groups.ts` must filter and score for a class (a workload as the scheduler
 * sees it): all nodes at first, and later only the nodes that changed since the last update. Skips
 * nodes that a fixed filter (one that does not depend on replicas) refuses.
 */
import { classRowOf, nodeOf, phaseOf, type Changes } from '../../cluster/changes.js'
import { phaseMasksOf } from '../../cluster/classes.js'
import type { Integers } from '../../cluster/column.js'
import type { State } from '../../cluster/state.js'
import { rankedRows } from '../../cluster/roster.js'
import { lendVisited, lendRows, type Scratch } from '../../cluster/scratch.js'
import type { Candidates } from '../../judge/candidates.js'
import type { LiveCounts } from './live-counts.js'
import { noNumber, type Partitions } from './partitions.js'

/** Rows in scratch memory. A row with `marks[row] === recountMark` has another per-node count. */
export interface ChangedRows extends Candidates {
  readonly marks: Integers
  readonly recountMark: number
}

/** What decides which changes matter. */
interface ChangeReader {
  readonly partitions: Partitions
  /** Counts of tallies whose domains have one node each. */
  readonly perNodeCounts: readonly LiveCounts[]
  /** The number of the first change that is not applied yet. */
  readonly nextChange: number
  /** How many numbers of the moves of the partitions are applied. */
  readonly nextMove: number
  /**
   * A change before this one may be of a class that was forgotten: any tally may have counted it.
   */
  readonly factsFrom: number
}

/** Every row with a partition; none is marked. */
export const allRows = (
  { partitionOf }: Partitions,
  { roster }: State,
  scratch: Scratch,
): ChangedRows => {
  const ranked = rankedRows(roster)
  const rows = lendRows(scratch, ranked.length)
  let count = 0
  for (let i = 0; i < ranked.length; i++)
    if (partitionOf[ranked[i]!]! !== noNumber) rows[count++] = ranked[i]!
  const { marks, mark } = lendVisited(scratch, partitionOf.length)
  return { rows, count, marks, recountMark: mark }
}

/**
 * Rows of changes and moves not applied yet. Skips rows without a partition, or that only a trial
 * had.
 */
export const changedRows = (
  {
    partitions: { partitionOf, moves },
    perNodeCounts,
    nextChange,
    nextMove,
    factsFrom,
  }: ChangeReader,
  { classes }: State,
  changes: Changes,
  scratch: Scratch,
): ChangedRows => {
  const masks = perNodeCounts.map(({ tally }) => phaseMasksOf(classes, tally.facts))
  const rows = lendRows(scratch, changes.count - nextChange + (moves.length - nextMove) / 3)
  const { marks, mark } = lendVisited(scratch, partitionOf.length)
  let count = 0
  for (let i = nextMove; i < moves.length; i += 3) {
    const row = moves[i]!
    if (partitionOf[row] === noNumber || marks[row]! >= mark) continue
    marks[row] = mark + 1
    rows[count++] = row
  }
  for (let number = nextChange; number < changes.count; number++) {
    const row = nodeOf(changes, number)
    if ((partitionOf[row] ?? noNumber) === noNumber) continue
    if (marks[row]! < mark) {
      marks[row] = mark
      rows[count++] = row
    }
    if (number < factsFrom || isCountedByAny(masks, changes, number)) marks[row] = mark + 1
  }
  return { rows, count, marks, recountMark: mark + 1 }
}

/** Whether a tally counts the replica of this change. `masks` are phase bits by class row. */
const isCountedByAny = (
  masks: readonly (readonly number[])[],
  changes: Changes,
  number: number,
): boolean => {
  for (let i = 0; i < masks.length; i++)
    if (((masks[i]![classRowOf(changes, number)]! >> phaseOf(changes, number)) & 1) === 1)
      return true
  return false
}
