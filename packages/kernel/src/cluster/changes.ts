/**
 * What came to a node, or went, the latest last: enough for what is derived from the nodes to catch
 * up. Only the last few thousand are kept. It moves with the draft from cluster to cluster, and is
 * never part of a value.
 */
import type { Integers } from './column.js'
import type { Move } from './trial-moves.js'

/**
 * Moves are numbered from 0 on. In a ring, two integers for each: the node's row; then class, phase
 * and direction.
 */
export interface Changes {
  count: number
  /** The first that was kept. */
  since: number
  /** Empty until somebody wants to know. */
  ring: Integers
}

const movesMax = 65_536

export const newChanges = (): Changes => ({ count: 0, since: 0, ring: new Int32Array(0) })

/** From now on moves are kept. */
export const listen = (changes: Changes): void => {
  if (changes.ring.length > 0) return
  changes.ring = new Int32Array(2 * movesMax)
  changes.since = changes.count
}

/** Whether all moves from this one on are still known. */
export const reachesBackTo = ({ count, since }: Changes, from: number): boolean =>
  from >= since && count - from <= movesMax

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

/** The node's row. */
export const nodeOf = ({ ring }: Changes, number: number): number => ring[2 * (number % movesMax)]!

const packedAt = ({ ring }: Changes, number: number): number => ring[2 * (number % movesMax) + 1]!

export const classRowOf = (changes: Changes, number: number): number =>
  packedAt(changes, number) >> 3

/** The phase's position in `phases`. */
export const phaseOf = (changes: Changes, number: number): number =>
  (packedAt(changes, number) >> 1) & 3

export const changeOf = (changes: Changes, number: number): Move['change'] =>
  (packedAt(changes, number) & 1) === 1 ? 1 : -1

/**
 * All moves from this one on were undone, as a trial was rolled back, and there are so many classes
 * now. Where the opposite of all of them can not be said, nothing before is known any more.
 */
export const noteRollback = (changes: Changes, from: number, classes: number): void => {
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
 * The ring has all of them, and room for as many again; and none is of a class that is gone with
 * the trial, whose row is another's next.
 */
const canReverse = (changes: Changes, from: number, classes: number): boolean => {
  const { count, since } = changes
  if (from < since || 2 * (count - from) > movesMax) return false
  for (let number = from; number < count; number++)
    if (classRowOf(changes, number) >= classes) return false
  return true
}
