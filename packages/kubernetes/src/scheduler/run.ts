/**
 * The scheduler's loop at one moment: every pod that is ready, in the queue's order, each an
 * attempt of its own that sees what came of those before. What the cluster is to be told comes out
 * as effects; the session behaves as if that were done at once, but pods that are told to go stay
 * until the caller says that they are gone.
 */
import { getOrThrow, setPhase, type Instant } from '@stowage/kernel'
import {
  onEvent,
  pop,
  putBack,
  type Queue,
  type QueuedPod,
  type WaitingPod,
} from '../queue/queue.js'
import { attempt, type Attempt } from './attempt.js'
import { gateOf } from './gate.js'
import { nominate, priorityOf, voidBelow } from './nomination.js'
import { profileFor, profileOf, type KnownPod, type Session } from './session.js'
import type { Verdict } from './verdict.js'

/** What is to be told to the cluster. Pods go by namespace and name. */
export type SchedulerEffect =
  | { readonly _tag: 'Bind'; readonly pod: string; readonly node: string }
  /** `by` preempts it. */
  | { readonly _tag: 'Delete'; readonly pod: string; readonly by: string }
  /** Without a node: the pod has lost its nomination. */
  | { readonly _tag: 'Nominate'; readonly pod: string; readonly node?: string }
  | { readonly _tag: 'Unschedulable'; readonly pod: string; readonly verdict: Verdict }

export interface Ran {
  readonly queue: Queue
  /** In the order in which they came about. */
  readonly effects: readonly SchedulerEffect[]
}

/**
 * The pods of a session that have no node and are this scheduler's to place, for its queue. One
 * that is to go is left out.
 */
export const waitingPods = (session: Session): readonly WaitingPod[] =>
  [...session.pods.values()]
    .filter((pod) => isWaiting(session, pod))
    .map((pod) => ({
      name: pod.name,
      priority: priorityOf(pod),
      gate: gateOf(pod, profileFor(session, pod), session.around)?.plugin,
    }))

const isWaiting = (session: Session, pod: KnownPod): boolean =>
  (pod.spec.nodeName ?? '') === '' &&
  pod.metadata.deletionTimestamp === undefined &&
  profileOf(session, pod) !== undefined

/**
 * Tries pods until nobody is ready. A pod that the session does not know, or that is not its to
 * place, is dropped.
 */
export const runQueue = (session: Session, queue: Queue, at: Instant): Ran => {
  const effects: SchedulerEffect[] = []
  let left = queue
  for (let popped = pop(left); popped !== undefined; popped = pop(left)) {
    const [rest, entry] = popped
    const pod = session.pods.get(entry.name)
    const isKnown = pod !== undefined && isWaiting(session, pod)
    const ran = isKnown ? tried(session, pod, entry, rest, at) : { queue: rest, effects: [] }
    left = ran.queue
    effects.push(...ran.effects)
  }
  return { queue: left, effects }
}

const tried = (
  session: Session,
  pod: KnownPod,
  entry: QueuedPod,
  queue: Queue,
  at: Instant,
): Ran => {
  const before = session.nominated.get(pod.name)
  const made = attempt(session, pod)
  const { verdict, rejectors } = made
  if (verdict.node !== undefined)
    return {
      queue: onEvent(queue, { resource: 'AssignedPod', action: 'Add' }, at),
      effects: [{ _tag: 'Bind', pod: pod.name, node: verdict.node }],
    }
  const { effects, freed } = settled(session, pod, made, before)
  return {
    queue: freed.reduce(
      (next, other) => withoutNomination(next, other, at),
      putBack(queue, entry, rejectors, at),
    ),
    effects: [{ _tag: 'Unschedulable', pod: pod.name, verdict }, ...effects],
  }
}

/** A pod that was nominated counted as one on the node for all that matter no more than it. */
export const withoutNomination = (queue: Queue, pod: KnownPod, at: Instant): Queue =>
  onEvent(
    queue,
    { resource: 'AssignedPod', action: 'Delete' },
    at,
    (_, { priority }) => priority <= priorityOf(pod),
  )

interface Settled {
  readonly effects: readonly SchedulerEffect[]
  /** The pods that lost a nomination, or have another now. */
  readonly freed: readonly KnownPod[]
}

/** Does what came of the attempt beside the place that was not found. */
const settled = (
  session: Session,
  pod: KnownPod,
  { verdict: { preemption }, nominatedNodeName: node }: Attempt,
  before: string | undefined,
): Settled => {
  const voided = preemption === undefined ? [] : voidBelow(session, pod, preemption.node)
  const victims = preemption?.victims ?? []
  for (const victim of victims) tellToGo(session, victim)
  nominate(session, pod, node)
  const isMoved = before !== undefined && before !== node
  return {
    effects: [
      ...victims.map((victim) => ({ _tag: 'Delete', pod: victim, by: pod.name }) as const),
      ...voided.map(({ name }) => ({ _tag: 'Nominate', pod: name }) as const),
      ...(before === node
        ? []
        : [{ _tag: 'Nominate', pod: pod.name, ...(node === undefined ? {} : { node }) } as const]),
    ],
    freed: isMoved ? [...voided, pod] : voided,
  }
}

const tellToGo = ({ draft, placed }: Session, name: string): void => {
  for (const [replica, there] of placed)
    if (there.name === name) {
      getOrThrow(setPhase(draft, replica, 'leaving'))
      placed.set(replica, { ...there, phase: 'leaving', isPreempted: true })
    }
}
