/**
 * Implements the undo log of trials (changes that may be rolled back), a stack of numbers. Each
 * change of a replica first pushes what is needed to undo it; a rollback pops the entries in
 * reverse. Undoing restores ids, list order and loads exactly, in time proportional to the number
 * of changes.
 *
 * An entry is pushed in this order: (1) the node's load of each dimension that changes; (2) for a
 * removal, the replica's node, kind (class and phase) and links; for a new class or phase, the old
 * kind; (3) the replica's row; (4) a number for the type of change.
 */
import type { Vector } from '../rule/dimension.js'
import type { Loads } from './loads.js'
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

/** The stack. */
export type Undo = number[]

const [addInNewRow, addInFreeRow, removal, phaseChange, classChange] = [0, 1, 2, 3, 4]

/** A replica of the class is about to be added to the node. */
export const noteAddition = (undo: Undo, state: State, node: number, classRow: number): void => {
  const { replicas, loads, classes } = state
  noteLoads(undo, loads, node, classes.classes[classRow]!.occupies)
  undo.push(nextRow(replicas), replicas.free === 0 ? addInNewRow : addInFreeRow)
}

/** A replica is about to be removed. */
export const noteRemoval = (undo: Undo, state: State, row: number): void => {
  const { replicas, loads, classes } = state
  noteLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  undo.push(nodeAt(replicas, row), kindAt(replicas, row), nextAt(replicas, row))
  undo.push(previousAt(replicas, row), row, removal)
}

/** A replica is about to change its phase. */
export const notePhaseChange = (undo: Undo, { replicas }: State, row: number): void =>
  void undo.push(kindAt(replicas, row), row, phaseChange)

/** A replica is about to change to the class in another row. */
export const noteClassChange = (undo: Undo, state: State, row: number, classRow: number): void => {
  const { replicas, loads, classes } = state
  for (const of of [classAt(replicas, row), classRow])
    noteLoads(undo, loads, nodeAt(replicas, row), classes.classes[of]!.occupies)
  undo.push(kindAt(replicas, row), row, classChange)
}

const noteLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (const [dimension] of vector) undo.push(load[dimension]![node]!)
}

/** Undoes the latest changes until the stack has this length. */
export const undoTo = (undo: Undo, length: number, state: State): void => {
  while (undo.length > length) undoOne(undo, state)
}

const undoOne = (undo: Undo, { replicas, loads, classes }: State): void => {
  const [action, row] = [undo.pop(), undo.pop()!]
  if (action === phaseChange) return setKindAt(replicas, row, undo.pop()!)
  const kindBefore = action === classChange ? undo.pop()! : undefined
  if (action === removal) {
    const [previous, next, kind, node] = [undo.pop()!, undo.pop()!, undo.pop()!, undo.pop()!]
    undoRemove(replicas, row, { node, kind, next, previous })
  }
  undoLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  if (kindBefore !== undefined) {
    setKindAt(replicas, row, kindBefore)
    undoLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  }
  if (action === addInFreeRow) undoAddInFreeRow(replicas, row)
  if (action === addInNewRow) undoAddInNewRow(replicas, row)
}

const undoLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (let i = vector.length - 1; i >= 0; i--) load[vector[i]![0]]![node] = undo.pop()!
}
