/**
 * Applies replica events to the draft (the mutable cluster inside `batch`):
 * 1. `ReplicaRunning` advances the phase of a replica, and confirms the order (a command to the
 *    caller) to start it.
 * 2. `ReplicaLeaving` does the same, and also confirms the order to stop the replica.
 * 3. `ReplicaStopped` removes the replica.
 *
 * A late event about a removed replica changes nothing. The id of a replica that never existed is
 * an error.
 */
import { draftState, type Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { classIdOf, isGone, nodeIdOf, nodeName } from '../cluster/read.js'
import {
  classOfKind,
  hasReplica,
  kindAt,
  nodeAt,
  phaseOfKind,
  phases,
} from '../cluster/replicas.js'
import { evictRow, phaseRowOf, setPhaseRow } from '../cluster/write.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import type { Phase } from '../rule/match.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { dropNode } from './pool-move.js'
import {
  bookOf,
  countShare,
  noteReplica,
  ownerOf,
  poolOfNode,
  settleOrder,
  type Work,
} from '../time/work.js'
import { setOwnerAt, takeStartOrder, takeStopOrder } from '../time/bookings.js'

const [runningRow, leavingRow] = [phaseRowOf('running'), phaseRowOf('leaving')]

type ReplicaEvent = EventOf<'ReplicaRunning' | 'ReplicaLeaving' | 'ReplicaStopped'>

/** Folds a fact about a replica that is there; a late one, about one that is gone, is nothing. */
export const foldReplica = (
  work: Work,
  draft: Draft,
  event: ReplicaEvent,
): FoldFault | undefined => {
  const { replica } = event
  const { replicas } = draftState(draft)
  if (!hasReplica(replicas, replica))
    return isGone(draft, replica) ? undefined : unknownReplica(replica)
  if (event._tag === 'ReplicaStopped') dropReplica(work, draft, replica, event.because)
  else {
    settleStart(work, replica)
    if (event._tag === 'ReplicaLeaving') settleStop(work, replica)
    raisePhase(work, draft, replica, event._tag === 'ReplicaRunning' ? runningRow : leavingRow)
  }
  return undefined
}

const unknownReplica = (replica: ReplicaId): FoldFault => ({
  ...{ _tag: 'UnknownReplica', at: ['replica'], found: renderValue(replica) },
  expected: 'the id of a replica that was placed',
})

/** Class, node and phase of a replica that is there. */
export const recordOf = (
  draft: Draft,
  replica: ReplicaId,
): { readonly class: ClassId; readonly node: NodeId; readonly phase: Phase } => {
  const state = draftState(draft)
  const row = rowOf(replica)
  const kind = kindAt(state.replicas, row)
  return {
    class: classIdOf(state, classOfKind(kind)),
    node: nodeIdOf(state, nodeAt(state.replicas, row)),
    phase: phases[phaseOfKind(kind)]!,
  }
}

/** Whatever is heard of a replica confirms the order that started it. */
const settleStart = (work: Work, replica: ReplicaId): void =>
  settleOrder(work, takeStartOrder(work.bookings, rowOf(replica)))

/** A replica that somebody else ends does not come back when the order to end it fails. */
const settleStop = (work: Work, replica: ReplicaId): void =>
  settleOrder(work, takeStopOrder(work.bookings, rowOf(replica)))

/** Changes the phase of a replica, forward only: assumed, running, leaving. */
const raisePhase = (work: Work, draft: Draft, replica: ReplicaId, phaseRow: number): void => {
  const row = rowOf(replica)
  const state = draftState(draft)
  const kind = kindAt(state.replicas, row)
  if (phaseOfKind(kind) >= phaseRow) return
  const node = nodeIdOf(state, nodeAt(state.replicas, row))
  setPhaseRow(draft, row, phaseRow)
  const classId = classIdOf(state, classOfKind(kind))
  noteReplica(work, ownerOf(work, replica), replica, classId, node, phases[phaseRow])
}

/** Removes a replica with its orders. One that runs has none, so they are not looked at. */
export const dropReplica = (
  work: Work,
  draft: Draft,
  replica: ReplicaId,
  because: string | undefined,
): void => {
  const row = rowOf(replica)
  const owner = ownerOf(work, replica)
  const state = draftState(draft)
  const kind = kindAt(state.replicas, row)
  const classId = classIdOf(state, classOfKind(kind))
  const node = nodeIdOf(state, nodeAt(state.replicas, row))
  evictRow(draft, row)
  if (phaseOfKind(kind) !== runningRow) {
    settleStart(work, replica)
    settleStop(work, replica)
  }
  if (owner !== undefined) setOwnerAt(work.bookings, row, undefined)
  if (owner?.share !== undefined) countShare(work, owner, owner.share, -1)
  noteReplica(work, owner, replica, classId, node, undefined, because)
  if (work.before.books.size > 0) dropVended(work, draft, node)
}

/** A node that was vended is gone with its replica. */
const dropVended = (work: Work, draft: Draft, node: NodeId): void => {
  const name = nodeName(draft, node)
  const pool = poolOfNode(work, name)
  if (pool !== undefined && bookOf(work, pool)!.pool._tag === 'Vending')
    dropNode(work, draft, node, name)
}
