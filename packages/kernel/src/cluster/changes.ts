/**
 * Keeps a log of the last 65,536 changes: binds and evictions of replicas, and nodes that joined,
 * left or were described anew. An index (a structure that finds the best node fast) reads the log
 * to update itself, so that it need not be rebuilt.
 */
import type { ClassSpec } from '../rule/class.js'
import type { Integers } from './column.js'
import type { Move } from './trial-moves.js'

/**
 * Changes are numbered from 0. The ring holds two integers per move of a replica: the node's row,
 * and class, phase and direction packed into one. The change of a node has no class.
 */
export interface Changes {
  count: number
  /** The first change that the ring holds. */
  since: number
  /** How many changes of nodes the open trials made. */
  trialNodes: number
  /** Empty until `listen` is called. */
  ring: Integers
}

/** How many moves the ring holds; 512 KB. */
const movesMax = 65_536

/** A log that records nothing yet. */
export const newChanges = (): Changes => ({
  count: 0,
  since: 0,
  trialNodes: 0,
  ring: new Int32Array(0),
})

/** From now on the log records moves; called when the first index is built. */
export const listen = (changes: Changes): void => {
  if (changes.ring.length > 0) return
  changes.ring = new Int32Array(2 * movesMax)
  changes.since = changes.count
}

/** True when the log still holds all moves from number `from` on. */
export const reachesBackTo = ({ count, since }: Changes, from: number): boolean =>
  from >= since && count - from <= movesMax

/** Records that a replica was bound (`change` 1) or evicted (-1). A new phase is both. */
export const noteChange = (
  changes: Changes,
  node: number,
  classRow: number,
  phase: number,
  change: Move['change'],
): void => {
  const at = 2 * (changes.count++ % movesMax)
  const { ring } = changes
  if (ring.length === 0) return
  ring[at] = node
  ring[at + 1] = classRow * 8 + phase * 2 + (change > 0 ? 1 : 0)
}

/** Records that the row has another node, another description or no node now. */
export const noteNodeChange = (changes: Changes, row: number, isTried: boolean): void => {
  noteChange(changes, row, noClass, 0, -1)
  if (isTried) changes.trialNodes++
}

const noClass = -1

/** Whether the change is one of a node, and no move of a replica. */
export const isNodeChange = (changes: Changes, number: number): boolean =>
  packedAt(changes, number) < 0

/** The row of the node of a change. */
export const nodeOf = ({ ring }: Changes, number: number): number => ring[2 * (number % movesMax)]!

const packedAt = ({ ring }: Changes, number: number): number => ring[2 * (number % movesMax) + 1]!

/** The class of a move. */
export const classRowOf = (changes: Changes, number: number): number =>
  packedAt(changes, number) >> 3

/** The phase of a move, as a position in `phases`. */
export const phaseOf = (changes: Changes, number: number): number =>
  (packedAt(changes, number) >> 1) & 3

/** The direction of a move: 1 bound, -1 evicted. */
export const changeOf = (changes: Changes, number: number): Move['change'] =>
  (packedAt(changes, number) & 1) === 1 ? 1 : -1

/**
 * A trial was rolled back, which undid all moves from number `from` on; `classes` are the classes
 * that are left, by row. Records the opposite moves. When that is impossible the log is cut: it no
 * longer reaches back to any earlier move.
 */
export const noteRollback = (
  changes: Changes,
  from: number,
  classes: readonly (ClassSpec | undefined)[],
): void => {
  const { count, ring } = changes
  if (ring.length === 0 || count === from) return
  if (!canReverse(changes, from, classes)) {
    changes.since = ++changes.count
    return
  }
  for (let number = count - 1; number >= from; number--)
    noteChange(
      changes,
      nodeOf(changes, number),
      classRowOf(changes, number),
      phaseOf(changes, number),
      changeOf(changes, number) > 0 ? -1 : 1,
    )
}

/**
 * True when the ring holds all these moves, has room for as many again, and none is of a class that
 * the rollback removed (the row of such a class is reused).
 */
const canReverse = (
  changes: Changes,
  from: number,
  classes: readonly (ClassSpec | undefined)[],
): boolean => {
  const { count, since } = changes
  if (from < since || 2 * (count - from) > movesMax) return false
  for (let number = from; number < count; number++)
    if (!isNodeChange(changes, number) && classes[classRowOf(changes, number)] === undefined)
      return false
  return true
}
