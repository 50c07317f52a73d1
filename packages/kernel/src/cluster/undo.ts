/**
 * Implements the undo log of trials (changes that may be rolled back) as a stack of numbers. A
 * rollback restores ids, list order and loads exactly, in time proportional to the number of
 * changes.
 */
import type { Vector } from '../rule/dimension.js'
import { loadIn, setLoad, type Loads } from './loads.js'
import type { State } from './state.js'
import {
  classAt,
  undoAddInNewRow,
  kindAt,
  nextAt,
  nextRow,
  nodeAt,
  previousAt,
  undoRemove,
  setKindAt,
  undoAddInFreeRow,
} from './replicas.js'

/**
 * The stack, in chunks: an array has an end, and what cannot be noted could not be undone. An entry
 * is in one chunk.
 *
 * An entry is pushed in this order: (1) the node's load of each dimension that changes; (2) for a
 * removal, the replica's node, kind (class and phase) and links; for a new class or phase, the old
 * kind; (3) the replica's row; (4) a number for the type of change. A rollback pops the entries in
 * reverse.
 */
export interface Undo {
  /** The chunk that is written to. */
  top: number[]
  /** The chunks below it. */
  readonly below: number[][]
}

/** A height of the stack, to go back to. */
export interface UndoMark {
  readonly below: number
  readonly top: number
}

/** An empty stack. */
export const newUndo = (): Undo => ({ top: [], below: [] })

/** The present height. */
export const markOf = ({ top, below }: Undo): UndoMark => ({
  below: below.length,
  top: top.length,
})

/** Drops all entries. */
export const clearUndo = (undo: Undo): void => {
  undo.top = []
  undo.below.length = 0
}

/** So many numbers a chunk has, and those of the entry that passed this length. */
const undoLength = 1 << 16

/** The chunk for the next entry. */
const chunkFor = (undo: Undo): number[] => {
  if (undo.top.length >= undoLength) {
    undo.below.push(undo.top)
    undo.top = []
  }
  return undo.top
}

const addInNewRow = 0
const addInFreeRow = 1
const removal = 2
const phaseChange = 3
const classChange = 4

/** A replica of the class is about to be added to the node. */
export const noteAddition = (undo: Undo, state: State, node: number, classRow: number): void => {
  const { replicas, loads, classes } = state
  const chunk = chunkFor(undo)
  noteLoads(chunk, loads, node, classes.classes[classRow]!.occupies)
  chunk.push(nextRow(replicas), replicas.free === 0 ? addInNewRow : addInFreeRow)
}

/** A replica is about to be removed. */
export const noteRemoval = (undo: Undo, state: State, row: number): void => {
  const { replicas, loads, classes } = state
  const chunk = chunkFor(undo)
  noteLoads(chunk, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  chunk.push(nodeAt(replicas, row), kindAt(replicas, row), nextAt(replicas, row))
  chunk.push(previousAt(replicas, row), row, removal)
}

/** A replica is about to change its phase. */
export const notePhaseChange = (undo: Undo, { replicas }: State, row: number): void =>
  void chunkFor(undo).push(kindAt(replicas, row), row, phaseChange)

/** A replica is about to change to the class in another row. */
export const noteClassChange = (undo: Undo, state: State, row: number, classRow: number): void => {
  const { replicas, loads, classes } = state
  const chunk = chunkFor(undo)
  for (const of of [classAt(replicas, row), classRow])
    noteLoads(chunk, loads, nodeAt(replicas, row), classes.classes[of]!.occupies)
  chunk.push(kindAt(replicas, row), row, classChange)
}

const noteLoads = (chunk: number[], loads: Loads, node: number, vector: Vector): void => {
  for (const [dimension] of vector) chunk.push(loadIn(loads, node, dimension))
}

/** Undoes the latest changes until the stack has this height. */
export const undoTo = (undo: Undo, mark: UndoMark, state: State): void => {
  while (undo.below.length > mark.below || undo.top.length > mark.top) {
    if (undo.top.length === 0) undo.top = undo.below.pop()!
    undoOne(undo.top, state)
  }
}

const undoOne = (chunk: number[], { replicas, loads, classes }: State): void => {
  const [action, row] = [chunk.pop(), chunk.pop()!]
  if (action === phaseChange) return setKindAt(replicas, row, chunk.pop()!)
  const kindBefore = action === classChange ? chunk.pop()! : undefined
  if (action === removal) {
    const [previous, next, kind, node] = [chunk.pop()!, chunk.pop()!, chunk.pop()!, chunk.pop()!]
    undoRemove(replicas, row, { node, kind, next, previous })
  }
  undoLoads(chunk, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  if (kindBefore !== undefined) {
    setKindAt(replicas, row, kindBefore)
    undoLoads(
      chunk,
      loads,
      nodeAt(replicas, row),
      classes.classes[classAt(replicas, row)]!.occupies,
    )
  }
  if (action === addInFreeRow) undoAddInFreeRow(replicas, row)
  if (action === addInNewRow) undoAddInNewRow(replicas, row)
}

const undoLoads = (chunk: number[], loads: Loads, node: number, vector: Vector): void => {
  for (let i = vector.length - 1; i >= 0; i--) setLoad(loads, node, vector[i]![0], chunk.pop()!)
}
