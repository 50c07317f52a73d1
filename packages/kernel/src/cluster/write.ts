/**
 * Changes a draft (the mutable cluster inside `batch`) by explicit commands: defines classes, adds
 * and removes nodes, binds and evicts replicas, sets their phases. These commands do not evaluate
 * filters; `place` does. When a command returns an error (`Left`), nothing has changed.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkClass, checkNode } from '../check/check.js'
import type { ClassSpec } from '../rule/class.js'
import type { BadClass, Fault } from '../rule/fault.js'
import type { ClassId, DimensionId, NodeId, ReplicaId } from '../rule/id.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Phase } from '../rule/match.js'
import { noteChange, noteNodeChange } from './changes.js'
import { columnCount } from './column.js'
import { addClass, classWith } from './classes.js'
import {
  changesOf,
  draftState,
  noteMove,
  writableBookings,
  undoOf,
  writable,
  type Draft,
} from './draft.js'
import { idOf, rowCountMax, rowOf } from './generation.js'
import { invariant } from './invariant.js'
import { addLoad, fitLoads, removeLoad } from './loads.js'
import {
  addReplica,
  classAt,
  classOfKind,
  fitNodes,
  generationAt,
  hasReplica,
  isFull,
  kindAt,
  nodeAt,
  phaseAt,
  phaseOfKind,
  phases,
  removeReplica,
  replicaRows,
  setPhaseAt,
} from './replicas.js'
import { classIdOf } from './read.js'
import { symbolsOf, loadAt, type State } from './state.js'
import { addNode, hasNode, removeNode } from './roster.js'
import { withoutNodeRow, type Move } from './trial-moves.js'
import { noteAddition, notePhaseChange, noteRemoval } from './undo.js'

/**
 * Lets a class in. An equal description gives the same id. The description must not be changed
 * afterwards. A `Left` has the path of the first wrong field.
 */
export const define = (draft: Draft, classSpec: ClassSpec): E.Either<BadClass, ClassId> => {
  const malformed = checkClass(classSpec, symbolsOf(draftState(draft)))
  if (malformed !== undefined) return E.left({ _tag: 'BadClass', ...malformed })
  const row = addClass(writable(draft, 'classes'), classSpec)
  return E.right(classIdOf(draftState(draft), row))
}

/**
 * Adds a node. Its name must be new and its amounts whole, from 0 to `amountMax`. The description
 * must not be changed afterwards. A `Left` is a `BadNode` with a path, or a `DuplicateNode`.
 */
export const join = (draft: Draft, spec: NodeSpec): E.Either<Fault, NodeId> => {
  const state = draftState(draft)
  const malformed = checkNode(spec, symbolsOf(state))
  if (malformed !== undefined) return E.left({ _tag: 'BadNode', name: nameIn(spec), ...malformed })
  if (state.roster.rowOfName.has(spec.name))
    return E.left({ _tag: 'DuplicateNode', name: spec.name })
  const roster = writable(draft, 'roster')
  const row = addNode(roster, spec)
  fitLoads(writable(draft, 'loads'), roster.specs.length, roster.capacity.length)
  fitNodes(writable(draft, 'replicas'), roster.specs.length)
  noteNodeChange(changesOf(draft), row, undoOf(draft) !== undefined)
  return E.right(idOf(row, roster.generations[row]!) as NodeId)
}

/** The name for a fault; an empty text when there is none. */
const nameIn = (spec: unknown): string => {
  const { name } = (spec ?? {}) as { readonly name?: unknown }
  return typeof name === 'string' ? name : ''
}

/**
 * Removes a node with its replicas and returns their ids, the newest first. A `Left` is an
 * `UnknownNode`.
 */
export const leave = (draft: Draft, node: NodeId): E.Either<Fault, readonly ReplicaId[]> => {
  if (!hasNode(draftState(draft).roster, node)) return E.left({ _tag: 'UnknownNode', node })
  const { replicas } = draftState(draft)
  const replicaIds = replicaRows(replicas, rowOf(node)).map(
    (row) => idOf(row, generationAt(replicas, row)) as ReplicaId,
  )
  for (const replica of replicaIds) unbook(draft, rowOf(replica))
  const state = draftState(draft)
  state.moves = withoutNodeRow(state.moves, rowOf(node))
  removeNode(writable(draft, 'roster'), rowOf(node))
  noteNodeChange(changesOf(draft), rowOf(node), undoOf(draft) !== undefined)
  return E.right(replicaIds)
}

/**
 * Puts a replica on a node without asking any rule: for replicas that run already. A `Left` names
 * an unknown class or node, or a dimension (`Overloaded`) whose load on the node would pass 2^53
 * and no longer be exact; or it is `TooManyReplicas`, past 2^26 of them.
 */
export const bind = (
  draft: Draft,
  classId: ClassId,
  node: NodeId,
  phase: Phase,
): E.Either<Fault, ReplicaId> => {
  const phaseRow = phaseRowOf(phase)
  const state = draftState(draft)
  const classSpec = classWith(state.classes, classId)
  if (classSpec === undefined) return E.left({ _tag: 'UnknownClass', class: classId })
  if (!hasNode(state.roster, node)) return E.left({ _tag: 'UnknownNode', node })
  const row = rowOf(node)
  const over = inexactDimension(state, classSpec, row)
  if (over !== undefined) return E.left({ _tag: 'Overloaded', node, dimension: over })
  if (isFull(state.replicas)) return E.left({ _tag: 'TooManyReplicas', max: rowCountMax })
  if (undoOf(draft) !== undefined)
    noteMove(draft, { node: row, class: rowOf(classId), phase: phaseRow, change: 1 })
  return E.right(book(draft, rowOf(classId), row, phaseRow))
}

/** Removes a replica and frees what it occupies. A `Left` is an `UnknownReplica`. */
export const evict = (draft: Draft, replica: ReplicaId): E.Either<Fault, ReplicaId> => {
  if (!hasReplica(draftState(draft).replicas, replica))
    return E.left({ _tag: 'UnknownReplica', replica })
  evictRow(draft, rowOf(replica))
  return E.right(replica)
}

/** Evicts the replica in a row that has one. */
export const evictRow = (draft: Draft, row: number): void => {
  if (undoOf(draft) !== undefined) noteMove(draft, evictionOf(draftState(draft), row))
  unbook(draft, row)
}

/** The move that an open trial records. */
const evictionOf = ({ replicas }: State, row: number): Move => ({
  node: nodeAt(replicas, row),
  class: classAt(replicas, row),
  phase: phaseAt(replicas, row),
  change: -1,
})

/** Changes the phase of a replica; its id stays. A `Left` is an `UnknownReplica`. */
export const setPhase = (
  draft: Draft,
  replica: ReplicaId,
  phase: Phase,
): E.Either<Fault, ReplicaId> => {
  if (!hasReplica(draftState(draft).replicas, replica))
    return E.left({ _tag: 'UnknownReplica', replica })
  setPhaseRow(draft, rowOf(replica), phaseRowOf(phase))
  return E.right(replica)
}

/** Changes the phase of the replica in a row that has one. */
export const setPhaseRow = (draft: Draft, row: number, phaseRow: number): void => {
  const replicas = writable(draft, 'replicas')
  const kind = kindAt(replicas, row)
  const [node, of, changes] = [nodeAt(replicas, row), classOfKind(kind), changesOf(draft)]
  const undo = undoOf(draft)
  if (undo !== undefined) notePhaseChange(undo, draftState(draft), row)
  noteChange(changes, node, of, phaseOfKind(kind), -1)
  setPhaseAt(replicas, row, phaseRow)
  noteChange(changes, node, of, phaseRow, 1)
}

/** The position of a phase in `phases`. Throws for what is no phase. */
export const phaseRowOf = (phase: Phase): number => {
  const row = phases.indexOf(phase)
  if (row === -1) invariant(false, `${phase} is no phase of a replica`)
  return row
}

/**
 * Adds a replica to a node row that is in use: its record, its load, the undo log and the change
 * log.
 */
export const book = (draft: Draft, classRow: number, node: number, phaseRow: number): ReplicaId => {
  const state = writableBookings(draft)
  const { classes, dimensions, roster, loads, replicas } = state
  if (loads.load.length < columnCount(dimensions.next))
    fitLoads(loads, roster.specs.length, dimensions.next)
  const undo = undoOf(draft)
  if (undo !== undefined) noteAddition(undo, state, node, classRow)
  addLoad(loads, node, classes.classes[classRow]!.occupies)
  const row = addReplica(replicas, node, classRow, phaseRow)
  noteChange(changesOf(draft), node, classRow, phaseRow, 1)
  return idOf(row, generationAt(replicas, row)) as ReplicaId
}

/** Removes a replica: its record, its load, the undo log and the change log. */
const unbook = (draft: Draft, replica: number): void => {
  const state = writableBookings(draft)
  const { classes, loads, replicas } = state
  const node = nodeAt(replicas, replica)
  const kind = kindAt(replicas, replica)
  const of = classOfKind(kind)
  const undo = undoOf(draft)
  if (undo !== undefined) noteRemoval(undo, state, replica)
  removeLoad(loads, node, classes.classes[of]!.occupies)
  noteChange(changesOf(draft), node, of, phaseOfKind(kind), -1)
  removeReplica(replicas, replica)
}

/** The first dimension whose load on the node would pass 2^53 with one more replica. */
const inexactDimension = (
  state: State,
  { occupies }: ClassSpec,
  row: number,
): DimensionId | undefined => {
  for (let i = 0; i < occupies.length; i++) {
    const pair = occupies[i]!
    if (loadAt(state, pair[0], row) + pair[1] > Number.MAX_SAFE_INTEGER) return pair[0]
  }
  return undefined
}
