/**
 * Folds events into the draft of a pass: nodes join and leave, replicas run and stop, orders are
 * confirmed or fail, and reports reach the memory of their controller. A repeated or late fact
 * changes nothing.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { redescribe } from '../change/redescribe.js'
import { draftState, type Draft } from '../cluster/draft.js'
import { findNode, nodeSpec } from '../cluster/find.js'
import { generationOf, rowOf } from '../cluster/generation.js'
import { classIdOf, nodeIdOf, replicasOn } from '../cluster/read.js'
import { classAt, generationAt, hasReplica, nodeAt, phaseAt, phases } from '../cluster/replicas.js'
import { evict, join, leave, setPhase } from '../cluster/write.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { shown, type Malformed } from '../rule/malformed.js'
import type { Phase } from '../rule/match.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { AnyController } from './controller.js'
import type { StepEvent } from './event.js'
import type { StepFaultTag } from './fault.js'
import type { LowerNode } from './plain-node.js'
import {
  bookingOf,
  noteNode,
  noteReplica,
  orderSubject,
  setBooking,
  settleOrder,
  type Work,
} from './work.js'

/** What is wrong with an event, without its position. */
export type FoldFault = Malformed & {
  readonly _tag: StepFaultTag
  readonly controller?: string
}

/** What folding needs to know beside the pass. */
export interface Folding {
  readonly controllers: readonly AnyController[]
  readonly lowerNode: LowerNode
}

type EventOf<Tag extends StepEvent['_tag']> = Extract<StepEvent, { readonly _tag: Tag }>

/** Folds one event in; the answer says what is wrong with it, then the draft is worth nothing. */
export const foldEvent = (
  work: Work,
  draft: Draft,
  folding: Folding,
  event: StepEvent,
): FoldFault | undefined => {
  switch (event._tag) {
    case 'ClockAdvanced':
      return undefined
    case 'NodeJoined':
      return foldJoined(work, draft, folding, event)
    case 'NodeChanged':
      return foldChanged(work, draft, folding, event)
    case 'NodeLeft':
      return foldLeft(work, draft, event)
    case 'ReplicaRunning':
      return foldReplica(draft, event.replica, () => foldRunning(work, draft, event))
    case 'ReplicaLeaving':
      return foldReplica(draft, event.replica, () => foldLeaving(work, draft, event))
    case 'ReplicaStopped':
      return foldReplica(draft, event.replica, () =>
        removeReplica(work, draft, event.replica, event.because),
      )
    case 'OrderFailed':
      return foldFailed(work, draft, event)
    case 'Reported':
      return foldReport(work, draft, folding, event)
  }
}

const specOfEvent = (
  draft: Draft,
  { lowerNode }: Folding,
  { node, name }: Pick<EventOf<'NodeChanged'>, 'node' | 'name'>,
): E.Either<FoldFault, NodeSpec> => {
  const spec = lowerNode(draft, node, name)
  return E.isRight(spec)
    ? spec
    : E.left({ _tag: 'BadEvent', ...spec.left, at: ['node', ...spec.left.at] })
}

const foldJoined = (
  work: Work,
  draft: Draft,
  folding: Folding,
  event: EventOf<'NodeJoined'>,
): FoldFault | undefined => {
  const spec = specOfEvent(draft, folding, event)
  if (E.isLeft(spec)) return spec.left
  const there = findNode(draft, event.name)
  if (O.isSome(there))
    return isSameNode(draft, there.value, spec.right)
      ? undefined
      : wrongName('DuplicateNode', event.name, 'a new name: a different node of this name is there')
  const joined = join(draft, spec.right)
  if (E.isLeft(joined)) return wrongNode(joined.left)
  noteNode(work, { node: joined.right, name: event.name, change: 'joined' })
  return undefined
}

/** A node that joins must be a node; `join` and `redescribe` know what one is. */
const wrongNode = (fault: { readonly _tag: string } & Partial<Malformed>): FoldFault => ({
  _tag: 'BadEvent',
  at: ['node', ...(fault.at ?? [])],
  found: fault.found ?? fault._tag,
  expected: fault.expected ?? 'a node that can join',
})

const isSameNode = (draft: Draft, node: NodeId, spec: NodeSpec): boolean =>
  JSON.stringify(O.toUndefined(nodeSpec(draft, node))) === JSON.stringify(spec)

const wrongName = (_tag: StepFaultTag, name: string, expected: string): FoldFault => ({
  ...{ _tag, at: ['name'], found: shown(name) },
  expected,
})

const foldChanged = (
  work: Work,
  draft: Draft,
  folding: Folding,
  event: EventOf<'NodeChanged'>,
): FoldFault | undefined => {
  const node = findNode(draft, event.name)
  if (O.isNone(node)) return wrongName('UnknownNode', event.name, expectedNode)
  const spec = specOfEvent(draft, folding, event)
  if (E.isLeft(spec)) return spec.left
  if (isSameNode(draft, node.value, spec.right)) return undefined
  const changed = redescribe(draft, node.value, spec.right)
  if (E.isLeft(changed)) return wrongNode(changed.left)
  noteNode(work, { node: node.value, name: event.name, change: 'changed' })
  return undefined
}

const expectedNode = 'the name of a node that is there'

const foldLeft = (
  work: Work,
  draft: Draft,
  { name }: EventOf<'NodeLeft'>,
): FoldFault | undefined => {
  const node = findNode(draft, name)
  if (O.isNone(node)) return wrongName('UnknownNode', name, expectedNode)
  for (const { id } of replicasOn(draft, node.value))
    removeReplica(work, draft, id, `node ${name} left`)
  getOrThrow(leave(draft, node.value))
  noteNode(work, { node: node.value, name, change: 'left' })
  return undefined
}

/** Folds a fact about a replica that is there; a late one about a replica that is gone is nothing. */
const foldReplica = (draft: Draft, replica: ReplicaId, fold: () => void): FoldFault | undefined => {
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

const foldRunning = (work: Work, draft: Draft, { replica }: EventOf<'ReplicaRunning'>): void => {
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

const foldLeaving = (work: Work, draft: Draft, { replica }: EventOf<'ReplicaLeaving'>): void => {
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
const removeReplica = (
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
  noteReplica(work, booking, {
    ...{ replica, class: classId, node },
    ...(because === undefined ? {} : { because }),
  })
}

const foldFailed = (
  work: Work,
  draft: Draft,
  { order, because }: EventOf<'OrderFailed'>,
): FoldFault | undefined => {
  if (order < 1 || order >= work.nextOrder)
    return {
      ...{ _tag: 'UnknownOrder', at: ['order'], found: shown(order) },
      expected: 'the number of an order that was given',
    }
  const subject = orderSubject(work, order)
  if (subject === undefined) return undefined
  if (subject._tag === 'Start') removeReplica(work, draft, subject.replica, because)
  else takeBackStop(work, draft, subject.replica, because)
  return undefined
}

/** The replica is not ended: it is in the phase that it had before. */
const takeBackStop = (work: Work, draft: Draft, replica: ReplicaId, because: string): void => {
  const { stop, ...booking } = bookingOf(work, replica)!
  settleOrder(work, stop!.order)
  setBooking(work, replica, booking)
  getOrThrow(setPhase(draft, replica, stop!.before))
  noteReplica(work, booking, { ...recordOf(draft, replica), replica, because })
}

const foldReport = (
  work: Work,
  draft: Draft,
  { controllers }: Folding,
  { controller: name, about, report }: EventOf<'Reported'>,
): FoldFault | undefined => {
  const controller = controllers.find((one) => one.name === name)
  if (controller === undefined)
    return {
      ...{ _tag: 'UnknownController', at: ['controller'], found: shown(name) },
      expected: `one of ${controllers.map((one) => one.name).join(', ')}`,
    }
  if (controller.learn === undefined)
    return {
      ...{ _tag: 'BadReport', controller: name, at: ['report'], found: shown(report) },
      expected: `nothing: ${name} takes no reports`,
    }
  const memory = memoryOf(work, controller)
  const learnt = controller.learn(draft, memory, { about, report, now: work.now })
  if (E.isLeft(learnt))
    return {
      ...{ _tag: 'BadReport', controller: name },
      ...{ ...learnt.left, at: ['report', ...learnt.left.at] },
    }
  const { memory: next, replicas } = learnt.right
  work.memories.set(name, next)
  work.isTried = false
  for (const { replica, owner } of replicas ?? []) {
    const booking = { owner: { controller: name, name: owner } }
    setBooking(work, replica, booking)
    noteReplica(work, booking, { ...recordOf(draft, replica), replica })
  }
  return undefined
}

/** What a controller remembers, as it is now. */
export const memoryOf = (work: Work, { name, start }: AnyController): unknown => {
  if (work.memories.has(name)) return work.memories.get(name)
  return work.before.memories.has(name) ? work.before.memories.get(name) : start
}
