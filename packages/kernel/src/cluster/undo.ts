/**
 * What to do so that replicas stand as they stood when a trial began: noted before each change, and
 * done in the opposite order. Ids, the order of lists and what nodes hold come back exactly, at the
 * cost of what was done, however large the cluster is.
 *
 * A note is numbers on a stack: what the node held of each dimension that is about to change; of a
 * replica that is removed, where it stood; then its row, and what is to be undone.
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

export type Undo = number[]

const [addInNewRow, addInFreeRow, removal, phaseChange] = [0, 1, 2, 3]

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

/** A replica is about to get another phase. */
export const notePhaseChange = (undo: Undo, { replicas }: State, row: number): void =>
  void undo.push(kindAt(replicas, row), row, phaseChange)

const noteLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (const [dimension] of vector) undo.push(load[dimension]![node]!)
}

/** Undoes the latest until so many numbers are left. */
export const undoTo = (undo: Undo, length: number, state: State): void => {
  while (undo.length > length) undoOne(undo, state)
}

const undoOne = (undo: Undo, { replicas, loads, classes }: State): void => {
  const [action, row] = [undo.pop(), undo.pop()!]
  if (action === phaseChange) return setKindAt(replicas, row, undo.pop()!)
  if (action === removal) {
    const [previous, next, kind, node] = [undo.pop()!, undo.pop()!, undo.pop()!, undo.pop()!]
    undoRemove(replicas, row, { node, kind, next, previous })
  }
  undoLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  if (action === addInFreeRow) undoAddInFreeRow(replicas, row)
  if (action === addInNewRow) undoAddInNewRow(replicas, row)
}

const undoLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (let i = vector.length - 1; i >= 0; i--) load[vector[i]![0]]![node] = undo.pop()!
}
