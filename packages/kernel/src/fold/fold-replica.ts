/**
 * Folds facts about replicas: they run, are leaving, have stopped. A late fact about a replica that
 * is gone is nothing; one about a replica that never was is a fault.
 */
import { draftState, type Draft } from '../cluster/draft.js'
import { generationOf, rowOf } from '../cluster/generation.js'
import { classIdOf, nodeIdOf, nodeName } from '../cluster/read.js'
import { classAt, generationAt, hasReplica, nodeAt, phaseAt, phases } from '../cluster/replicas.js'
import { evict, setPhase } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import { shown } from '../rule/malformed.js'
import type { Phase } from '../rule/match.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { dropNode } from './pool-move.js'
import {
  bookingOf,
  bookOf,
  countShare,
  noteReplica,
  poolOfNode,
  setBooking,
  settleOrder,
  type Work,
} from '../time/work.js'

/** Folds a fact about a replica that is there; a late one, about one that is gone, is nothing. */
export const foldReplica = (
  draft: Draft,
  replica: ReplicaId,
  fold: () => void,
): FoldFault | undefined => {
  const { replicas } = draftState(draft)
  if (hasReplica(replicas, replica)) {
    fold()
    return undefined
  }
  const row = rowOf(replica)
  if (row < replicas.rows && generationOf(replica) < generationAt(replicas, row)) return undefined
  return {
    ...{ _tag: 'UnknownReplica', at: ['replica'], found: shown(replica) },
    expected: 'the id of a replica that was placed',
  }
}

/** Class, node and phase of a replica that is there. */
export const recordOf = (
  draft: Draft,
  replica: ReplicaId,
): { readonly class: ClassId; readonly node: NodeId; readonly phase: Phase } => {
  const state = draftState(draft)
  const row = rowOf(replica)
  return {
    class: classIdOf(state, classAt(state.replicas, row)),
    node: nodeIdOf(state, nodeAt(state.replicas, row)),
    phase: phases[phaseAt(state.replicas, row)]!,
  }
}

/** The replica runs; the order that started it is confirmed. */
export const foldRunning = (
  work: Work,
  draft: Draft,
  { replica }: EventOf<'ReplicaRunning'>,
): void => {
  const booking = bookingOf(work, replica)
  if (booking?.startOrder !== undefined) {
    settleOrder(work, booking.startOrder)
    const { startOrder: _, stop, ...rest } = booking
    // When the order to end it fails, it runs.
    const running = stop === undefined ? {} : { stop: { ...stop, before: 'running' as const } }
    setBooking(work, replica, { ...rest, ...running })
  }
  changePhase(work, draft, replica, 'assumed', 'running')
}

/** Somebody else ends the replica. */
export const foldLeaving = (
  work: Work,
  draft: Draft,
  { replica }: EventOf<'ReplicaLeaving'>,
): void => {
  changePhase(work, draft, replica, 'assumed', 'leaving')
  changePhase(work, draft, replica, 'running', 'leaving')
}

/** Changes the phase of a replica that is in the phase `from`. */
const changePhase = (
  work: Work,
  draft: Draft,
  replica: ReplicaId,
  from: Phase,
  phase: Phase,
): void => {
  const record = recordOf(draft, replica)
  if (record.phase !== from) return
  getOrThrow(setPhase(draft, replica, phase))
  noteReplica(work, bookingOf(work, replica), { ...record, replica, phase })
}

/** Removes a replica with its orders. */
export const dropReplica = (
  work: Work,
  draft: Draft,
  replica: ReplicaId,
  because: string | undefined,
): void => {
  const booking = bookingOf(work, replica)
  const { class: classId, node } = recordOf(draft, replica)
  getOrThrow(evict(draft, replica))
  settleOrder(work, booking?.startOrder)
  settleOrder(work, booking?.stop?.order)
  setBooking(work, replica, undefined)
  if (booking?.share !== undefined) countShare(work, booking.owner, booking.share, -1)
  noteReplica(work, booking, {
    ...{ replica, class: classId, node },
    ...(because === undefined ? {} : { because }),
  })
  const name = nodeName(draft, node)
  const pool = poolOfNode(work, name)
  if (pool !== undefined && bookOf(work, pool)!.pool._tag === 'Vending')
    dropNode(work, draft, node, name)
}
