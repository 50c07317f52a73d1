/**
 * Defines the transitions of a scheduler: each function takes a state and an event, and returns the
 * next state and an answer, or an error (`Left`). Added or changed nodes, pods, disruption budgets
 * and volumes are no events: call `openScheduler` after such a change.
 *
 * Source: Kubernetes documentation, "Scheduling Framework".
 */
import { isInstant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isClusterEvent, type ClusterEvent } from '../queue/event.js'
import { dequeue, nextTime, onEvent, onTime, type RetryHint } from '../queue/queue.js'
import { attempt, type Attempt } from '../scheduler/attempt.js'
import { nominate } from '../scheduler/nomination.js'
import { runQueue, withoutNomination, type SchedulerEffect } from '../scheduler/run.js'
import { takeOff } from '../scheduler/settle.js'
import { change, type SchedulerState } from './state.js'

/** Why an event cannot apply; the state is untouched. */
export type SchedulerFault =
  /** No pod among the objects has this namespace and name. */
  | { readonly _tag: 'UnknownPod'; readonly pod: string }
  /** No node among the objects has this name. */
  | { readonly _tag: 'UnknownNode'; readonly node: string }
  /** Kubernetes has no such event. */
  | { readonly _tag: 'UnknownEvent'; readonly event: ClusterEvent }
  /** The event is earlier than the latest one, at `last`. */
  | { readonly _tag: 'EarlierInstant'; readonly at: Instant; readonly last: Instant }
  /** `at` is not a whole number of milliseconds, or is beyond the safe integers. */
  | { readonly _tag: 'InvalidInstant'; readonly at: number }

/**
 * The next state and the answer, or the fault, which leaves the state as it was.
 *
 * Added or changed nodes, pods, disruption budgets and volumes are not events here, because each
 * change may affect the kernel rules of every pod. `openScheduler` makes a new state from the
 * current objects and continues the queue that it is given.
 */
export type Transition<Answer> = E.Either<
  SchedulerFault,
  readonly [after: SchedulerState, answer: Answer]
>

/**
 * Schedules every ready pod in queue order; each sees the placements before it. The answer lists
 * the orders to the cluster in sequence. The state assumes that they are carried out, except that
 * victims stay on their nodes until `removePod`.
 */
export const runReady = (
  state: SchedulerState,
  at: Instant,
): Transition<readonly SchedulerEffect[]> => {
  const fault = wrongInstant(state, at)
  if (fault !== undefined) return E.left(fault)
  const [after, { queue, effects }] = change(state, (session) => runQueue(session, state.queue, at))
  return E.right([{ ...after, queue, at }, effects])
}

/**
 * A request to schedule one pod out of turn. `pick` is chosen instead of the best node if it is
 * feasible.
 */
export interface SchedulePod {
  readonly at: Instant
  /** Namespace and name. */
  readonly pod: string
  readonly pick?: string | undefined
}

/**
 * Schedules one pod out of turn, whether or not it is queued. The answer may contain a nomination;
 * `nominatePod` stores it in the state.
 */
export const schedulePod = (
  state: SchedulerState,
  { at, pod: name, pick }: SchedulePod,
): Transition<Attempt> => {
  const pod = state.pods.get(name)
  const fault = wrongInstant(state, at) ?? (pod === undefined ? unknownPod(name) : undefined)
  if (fault !== undefined || pod === undefined) return E.left(fault ?? unknownPod(name))
  const [after, answer] = change(state, (session) => attempt(session, pod, pick))
  const isPlaced = answer.verdict.node !== undefined
  const queue = isPlaced ? onEvent(dequeue(state.queue, name), podCame, at) : state.queue
  return E.right([{ ...after, queue, at }, answer])
}

/** A pod and the node to keep for it; without a node, the pod loses its nomination. */
export interface NominatePod {
  readonly at: Instant
  /** Namespace and name. */
  readonly pod: string
  readonly node?: string | undefined
}

/**
 * Nominates a pod to a node. If it was nominated elsewhere, pods that this blocked are requeued.
 */
export const nominatePod = (
  state: SchedulerState,
  { at, pod: name, node }: NominatePod,
): Transition<undefined> => {
  const pod = state.pods.get(name)
  const before = state.nominations.get(name)
  const isKnown = node === undefined || state.world.nodes.some((one) => one.metadata.name === node)
  const fault =
    wrongInstant(state, at) ??
    (isKnown ? undefined : ({ _tag: 'UnknownNode', node } satisfies SchedulerFault))
  if (fault !== undefined || pod === undefined) return E.left(fault ?? unknownPod(name))
  const [after] = change(state, (session) => nominate(session, pod, node))
  const isMoved = before !== undefined && before !== node
  const queue = isMoved ? withoutNomination(state.queue, pod, at) : state.queue
  return E.right([{ ...after, queue, at }, undefined])
}

/**
 * Removes a pod that is gone from its node, its nomination and the queue. Its claims stay bound to
 * their volumes. Pods that it may have blocked are requeued.
 */
export const removePod = (
  state: SchedulerState,
  { at, pod }: { readonly at: Instant; readonly pod: string },
): Transition<undefined> => {
  const fault = wrongInstant(state, at) ?? (state.pods.has(pod) ? undefined : unknownPod(pod))
  if (fault !== undefined) return E.left(fault)
  const counted = [...state.placed.values()].some(({ name }) => name === pod)
  const [after] = change(state, (session) => takeOff(session, pod))
  const left = dequeue(state.queue, pod)
  const queue = counted || state.nominations.has(pod) ? onEvent(left, podGone, at) : left
  return E.right([{ ...after, queue, at }, undefined])
}

/** An event in the cluster that does not change this state's objects. */
export interface TimedEvent {
  readonly at: Instant
  readonly event: ClusterEvent
  /**
   * Whether the event may help a pod that a plugin refused; by default, every event for which the
   * plugin is registered may.
   */
  readonly hint?: RetryHint
}

/**
 * Requeues the pods that the event may help. Those that are still backing off wait until their
 * backoff ends.
 */
export const applyEvent = (
  state: SchedulerState,
  { at, event, hint }: TimedEvent,
): Transition<undefined> =>
  isClusterEvent(event)
    ? later(state, at, { ...state, queue: onEvent(state.queue, event, at, hint) })
    : E.left({ _tag: 'UnknownEvent', event })

/** Lets time pass: pods whose backoff or maximum wait has ended are requeued. */
export const passTime = (state: SchedulerState, at: Instant): Transition<undefined> =>
  later(state, at, { ...state, queue: onTime(state.queue, at) })

/** When `passTime` will next make a pod ready if no event occurs; `undefined` when never. */
export const nextInstant = ({ queue }: SchedulerState): Instant | undefined => nextTime(queue)

const later = (
  state: SchedulerState,
  at: Instant,
  after: SchedulerState,
): Transition<undefined> => {
  const fault = wrongInstant(state, at)
  return fault === undefined ? E.right([{ ...after, at }, undefined]) : E.left(fault)
}

const wrongInstant = ({ at: last }: SchedulerState, at: Instant): SchedulerFault | undefined => {
  if (!isInstant(at)) return { _tag: 'InvalidInstant', at }
  return at < last ? { _tag: 'EarlierInstant', at, last } : undefined
}

const unknownPod = (pod: string): SchedulerFault => ({ _tag: 'UnknownPod', pod })

const podCame: ClusterEvent = { resource: 'AssignedPod', action: 'Add' }
const podGone: ClusterEvent = { resource: 'AssignedPod', action: 'Delete' }
