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
import type { State } from './parts.js'
import {
  classAt,
  forgetReplica,
  kindAt,
  nextAt,
  nextRow,
  nodeAt,
  previousAt,
  restoreReplica,
  setKindAt,
  withholdReplica,
} from './replicas.js'

export type Undo = number[]

const [addedAnew, added, removed, changed] = [0, 1, 2, 3]

/** A replica of the class is about to be added to the node. */
export const noteAdding = (undo: Undo, parts: State, node: number, classRow: number): void => {
  const { replicas, loads, classes } = parts
  noteLoads(undo, loads, node, classes.classes[classRow]!.occupies)
  undo.push(nextRow(replicas), replicas.free === 0 ? addedAnew : added)
}

/** A replica is about to be removed. */
export const noteRemoving = (undo: Undo, parts: State, row: number): void => {
  const { replicas, loads, classes } = parts
  noteLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  undo.push(nodeAt(replicas, row), kindAt(replicas, row), nextAt(replicas, row))
  undo.push(previousAt(replicas, row), row, removed)
}

/** A replica is about to get another phase. */
export const noteChanging = (undo: Undo, { replicas }: State, row: number): void =>
  void undo.push(kindAt(replicas, row), row, changed)

const noteLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (const [dimension] of vector) undo.push(load[dimension]![node]!)
}

/** Undoes the latest until so many numbers are left. */
export const undoTo = (undo: Undo, length: number, parts: State): void => {
  while (undo.length > length) undoOne(undo, parts)
}

const undoOne = (undo: Undo, { replicas, loads, classes }: State): void => {
  const [what, row] = [undo.pop(), undo.pop()!]
  if (what === changed) return setKindAt(replicas, row, undo.pop()!)
  if (what === removed) {
    const [previous, next, kind, node] = [undo.pop()!, undo.pop()!, undo.pop()!, undo.pop()!]
    restoreReplica(replicas, row, { node, kind, next, previous })
  }
  undoLoads(undo, loads, nodeAt(replicas, row), classes.classes[classAt(replicas, row)]!.occupies)
  if (what === added) withholdReplica(replicas, row)
  if (what === addedAnew) forgetReplica(replicas, row)
}

const undoLoads = (undo: Undo, { load }: Loads, node: number, vector: Vector): void => {
  for (let i = vector.length - 1; i >= 0; i--) load[vector[i]![0]]![node] = undo.pop()!
}
