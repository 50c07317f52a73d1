/**
 * What can happen to a scheduler, each as a function from a state and an event to the next state and
 * an answer. A `Left` has changed nothing.
 *
 * Nodes, pods, budgets and volumes that are added or changed are no events here: rules of all pods
 * depend on them. Then `openScheduler` makes a state from the objects as they are, and takes over
 * the queue.
 *
 * Source: Kubernetes documentation, "Scheduling Framework".
 */
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { ClusterEvent } from '../queue/event.js'
import { dequeue, nextTime, onEvent, onTime, type Hint } from '../queue/queue.js'
import { attempt, type Attempt } from '../scheduler/attempt.js'
import { nominate } from '../scheduler/nomination.js'
import { runQueue, withoutNomination, type SchedulerEffect } from '../scheduler/run.js'
import { takeOff } from '../scheduler/settle.js'
import { change, type SchedulerState } from './state.js'

/** Why an event cannot apply. */
export type SchedulerFault =
  /** No pod among the objects has this namespace and name. */
  | { readonly _tag: 'UnknownPod'; readonly pod: string }
  /** No node among the objects has this name. */
  | { readonly _tag: 'UnknownNode'; readonly node: string }
  /** The event is earlier than the latest one, at `last`. */
  | { readonly _tag: 'EarlierInstant'; readonly at: Instant; readonly last: Instant }

/** The next state first, or why there is none. */
export type Transition<Answer> = E.Either<
  SchedulerFault,
  readonly [after: SchedulerState, answer: Answer]
>

/**
 * Tries every pod that is ready, in the queue's order, each among those that were placed before it.
 * The answer is what the cluster has to be told, in that order; the state is as if that were done,
 * but pods that are to go stay on their nodes until `removePod`.
 */
export const runReady = (
  state: SchedulerState,
  at: Instant,
): Transition<readonly SchedulerEffect[]> => {
  const fault = earlier(state, at)
  if (fault !== undefined) return E.left(fault)
  const [after, { queue, effects }] = change(state, (session) => runQueue(session, state.queue, at))
  return E.right([{ ...after, queue, at }, effects])
}

/** A pod out of its turn, and the node for it, when that is feasible, in place of the best. */
export interface SchedulePod {
  readonly at: Instant
  /** Namespace and name. */
  readonly pod: string
  readonly pick?: string | undefined
}

/**
 * Schedules one pod out of its turn, whether or not the queue has it. A nomination that results is
 * in the answer; the state has it after `nominatePod`.
 */
export const schedulePod = (
  state: SchedulerState,
  { at, pod: name, pick }: SchedulePod,
): Transition<Attempt> => {
  const pod = state.pods.get(name)
  const fault = earlier(state, at) ?? (pod === undefined ? unknownPod(name) : undefined)
  if (fault !== undefined || pod === undefined) return E.left(fault ?? unknownPod(name))
  const [after, answer] = change(state, (session) => attempt(session, pod, pick))
  const isPlaced = answer.verdict.node !== undefined
  const queue = isPlaced ? onEvent(dequeue(state.queue, name), podCame, at) : state.queue
  return E.right([{ ...after, queue, at }, answer])
}

/** A pod, and the node where room is made for it; without one, it loses its nomination. */
export interface NominatePod {
  readonly at: Instant
  /** Namespace and name. */
  readonly pod: string
  readonly node?: string | undefined
}

/** Nominates a pod. One that was nominated elsewhere frees what was kept for it there. */
export const nominatePod = (
  state: SchedulerState,
  { at, pod: name, node }: NominatePod,
): Transition<undefined> => {
  const pod = state.pods.get(name)
  const before = state.nominations.get(name)
  const isKnown = node === undefined || state.world.nodes.some((one) => one.metadata.name === node)
  const fault =
    earlier(state, at) ??
    (isKnown ? undefined : ({ _tag: 'UnknownNode', node } satisfies SchedulerFault))
  if (fault !== undefined || pod === undefined) return E.left(fault ?? unknownPod(name))
  const [after] = change(state, (session) => nominate(session, pod, node))
  const isMoved = before !== undefined && before !== node
  const queue = isMoved ? withoutNomination(state.queue, pod, at) : state.queue
  return E.right([{ ...after, queue, at }, undefined])
}

/**
 * A pod is gone: from its node, from its nomination and from the queue. Its claims stay bound to
 * their volumes. Pods that it may have kept from a node are tried again.
 */
export const removePod = (
  state: SchedulerState,
  { at, pod }: { readonly at: Instant; readonly pod: string },
): Transition<undefined> => {
  const fault = earlier(state, at) ?? (state.pods.has(pod) ? undefined : unknownPod(pod))
  if (fault !== undefined) return E.left(fault)
  const counted = [...state.placed.values()].some(({ name }) => name === pod)
  const [after] = change(state, (session) => takeOff(session, pod))
  const left = dequeue(state.queue, pod)
  const queue = counted || state.nominations.has(pod) ? onEvent(left, podGone, at) : left
  return E.right([{ ...after, queue, at }, undefined])
}

/** Something happened to the cluster that does not change what this state knows of it. */
export interface Happening {
  readonly at: Instant
  readonly event: ClusterEvent
  /** Whether the event may help a pod that a plugin refused; by default every event of a plugin may. */
  readonly hint?: Hint
}

/** The pods that the event may help are tried again, when they have waited long enough. */
export const applyEvent = (
  state: SchedulerState,
  { at, event, hint }: Happening,
): Transition<undefined> =>
  later(state, at, { ...state, queue: onEvent(state.queue, event, at, hint) })

/** Time goes by: pods that have waited long enough are ready. */
export const passTime = (state: SchedulerState, at: Instant): Transition<undefined> =>
  later(state, at, { ...state, queue: onTime(state.queue, at) })

/**
 * When `passTime` will next let a pod be tried if nothing else happens; `undefined` when it never
 * will.
 */
export const nextInstant = ({ queue }: SchedulerState): Instant | undefined => nextTime(queue)

const later = (
  state: SchedulerState,
  at: Instant,
  after: SchedulerState,
): Transition<undefined> => {
  const fault = earlier(state, at)
  return fault === undefined ? E.right([{ ...after, at }, undefined]) : E.left(fault)
}

const earlier = ({ at: last }: SchedulerState, at: Instant): SchedulerFault | undefined =>
  at < last ? { _tag: 'EarlierInstant', at, last } : undefined

const unknownPod = (pod: string): SchedulerFault => ({ _tag: 'UnknownPod', pod })

const podCame: ClusterEvent = { resource: 'AssignedPod', action: 'Add' }
const podGone: ClusterEvent = { resource: 'AssignedPod', action: 'Delete' }
