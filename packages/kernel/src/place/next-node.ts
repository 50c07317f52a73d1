/**
 * Chooses the node of the next replica of a class (a workload as the scheduler sees it), by index
 * or by a scan of all nodes. Binds the replica to the node. `place` and `churn` repeat this for
 * each replica.
 */
import { stateOf, type Index } from '../cluster/cluster.js'
import { indexerOf, scratchOf, type Draft } from '../cluster/draft.js'
import { rowCountMax } from '../cluster/generation.js'
import { invariant } from '../cluster/invariant.js'
import { isFull } from '../cluster/replicas.js'
import { book, phaseRowOf } from '../cluster/write.js'
import type { DecidedBy, PlaceRequest } from '../rule/answer.js'
import type { ClassSpec } from '../rule/class.js'
import type { ReplicaId } from '../rule/id.js'
import { decide, nextReplicaId } from './by-the-book.js'

/** How many decisions were made in each way. */
export interface DecisionCounts {
  byIndex: number
  byScan: number
}

/** How decisions were made altogether. */
export const decidedByOf = ({ byIndex, byScan }: DecisionCounts): DecidedBy =>
  byIndex > 0 && byScan === 0 ? 'index' : 'scan'

/**
 * The index for so many more replicas of a class; `undefined` when a scan is cheaper. Throws when
 * an index is asked for of a cluster that has none.
 */
export const indexForClass = (
  draft: Draft,
  classSpec: ClassSpec,
  count: number,
  decideBy: DecidedBy | undefined,
): Index | undefined => {
  const indexer = indexerOf(draft)
  if (indexer === undefined && decideBy === 'index')
    invariant(
      false,
      "decideBy 'index' needs a cluster with indexes: begin with allowIndexes(empty)",
    )
  return decideBy === 'scan' || count === 0
    ? undefined
    : indexer?.indexFor(draft, classSpec, count, decideBy)
}

/**
 * The row of the node for the next replica, or `undefined` when no node is feasible. An index that
 * has become too large while it caught up is not used.
 */
export const decideNext = (
  draft: Draft,
  classSpec: ClassSpec,
  only: PlaceRequest['only'],
  index: Index | undefined,
  decisions: DecisionCounts,
): number | undefined => {
  const state = stateOf(draft)
  const indexer = indexerOf(draft)
  if (indexer === undefined || index === undefined || !indexer.catchUp(index, draft)) {
    decisions.byScan++
    return decide(state, classSpec, only, scratchOf(draft))
  }
  decisions.byIndex++
  return indexer.decide(index, draft, nextReplicaId(state))
}

const assumedRow = phaseRowOf('assumed')

/** Puts the next replica of the class in a row on the node in a row. Throws past 2^26 replicas. */
export const bookNext = (draft: Draft, classRow: number, row: number): ReplicaId => {
  if (isFull(stateOf(draft).replicas))
    invariant(false, `a cluster has at most ${rowCountMax} replicas: place fewer`)
  return book(draft, classRow, row, assumedRow)
}
