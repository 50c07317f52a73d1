/**
 * Changes the class (a workload as the scheduler sees it) of a replica in place, for example when a
 * pod's label is edited. The replica keeps its id, node, phase and age.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ClassSpec } from '../rule/class.js'
import type { Fault } from '../rule/fault.js'
import type { ClassId, DimensionId, ReplicaId } from '../rule/id.js'
import { noteChange } from '../cluster/changes.js'
import { classWith } from '../cluster/classes.js'
import { changesOf, draftState, writableBookings, undoOf, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { addLoad, fitLoads, removeLoad } from '../cluster/loads.js'
import { loadAt, type State } from '../cluster/state.js'
import { nodeIdOf } from '../cluster/read.js'
import { classAt, hasReplica, nodeAt, phaseAt, setClassAt } from '../cluster/replicas.js'
import { noteClassChange } from '../cluster/undo.js'

/**
 * Gives a replica another class: tallies count it by the facts of that class, and its node holds
 * what that class occupies. The replica keeps its id, node, phase and age. No rule is evaluated, as
 * in `bind`; a sum of 2^53 or more of a dimension on one node is refused as `Overloaded`. In a
 * trial it is neither an `evict` nor a `bind` for a tally with `removal`, like `setPhase`.
 */
export const reclass = (
  draft: Draft,
  replica: ReplicaId,
  classId: ClassId,
): E.Either<Fault, ReplicaId> => {
  const { replicas, classes } = draftState(draft)
  if (!hasReplica(replicas, replica)) return E.left({ _tag: 'UnknownReplica', replica })
  const to = classWith(classes, classId)
  if (to === undefined) return E.left({ _tag: 'UnknownClass', class: classId })
  const [row, classRow] = [rowOf(replica), rowOf(classId)]
  if (classAt(replicas, row) === classRow) return E.right(replica)
  const over = dimensionExceeded(draftState(draft), row, to)
  if (over !== undefined) {
    const node = nodeIdOf(draftState(draft), nodeAt(replicas, row))
    return E.left({ _tag: 'Overloaded', node, dimension: over })
  }
  move(draft, row, classRow)
  return E.right(replica)
}

/** A dimension of which the node would hold more than can be added up exactly. */
const dimensionExceeded = (state: State, row: number, to: ClassSpec): DimensionId | undefined => {
  const { replicas } = state
  const from = new Map(classOfReplica(state, row).occupies)
  return to.occupies.find(([dimension, amount]) => {
    const others = loadAt(state, dimension, nodeAt(replicas, row)) - (from.get(dimension) ?? 0)
    return others + amount > Number.MAX_SAFE_INTEGER
  })?.[0]
}

const classOfReplica = ({ classes, replicas }: State, row: number): ClassSpec =>
  classes.classes[classAt(replicas, row)]!

const move = (draft: Draft, row: number, classRow: number): void => {
  const state = writableBookings(draft)
  const { dimensions, roster, loads, replicas } = state
  const [node, phase, changes] = [nodeAt(replicas, row), phaseAt(replicas, row), changesOf(draft)]
  fitLoads(loads, roster.specs.length, dimensions.next)
  const undo = undoOf(draft)
  if (undo !== undefined) noteClassChange(undo, state, row, classRow)
  removeLoad(loads, node, classOfReplica(state, row).occupies)
  noteChange(changes, node, classAt(replicas, row), phase, -1)
  setClassAt(replicas, row, classRow)
  addLoad(loads, node, classOfReplica(state, row).occupies)
  noteChange(changes, node, classRow, phase, 1)
}
