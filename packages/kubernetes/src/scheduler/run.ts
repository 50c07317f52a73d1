/**
 * Runs the scheduler's loop at one instant: pops every ready pod in queue order, and runs one
 * scheduling cycle for each. A cycle sees the placements of all earlier cycles. The orders to the
 * cluster (bind, delete, nominate, mark unschedulable) are returned as effects.
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

/**
 * An order to the cluster, tagged `Bind`, `Delete`, `Nominate` or `Unschedulable`. Pods are
 * identified by namespace and name.
 */
export type SchedulerEffect =
  | { readonly _tag: 'Bind'; readonly pod: string; readonly node: string }
  /** A victim of preemption by the pod `by`. */
  | { readonly _tag: 'Delete'; readonly pod: string; readonly by: string }
  /** Without a node, the pod has lost its nomination. */
  | { readonly _tag: 'Nominate'; readonly pod: string; readonly node?: string }
  | { readonly _tag: 'Unschedulable'; readonly pod: string; readonly verdict: Verdict }

/** The queue after a run, and the effects of the run. */
export interface RunResult {
  readonly queue: Queue
  /** In the order in which the scheduler decided them. */
  readonly effects: readonly SchedulerEffect[]
}

/**
 * The pods for the scheduler's queue: those without a node that belong to one of its profiles and
 * are not being deleted.
 */
export const waitingPods = (session: Session): readonly WaitingPod[] =>
  [...session.pods.values()]
    .filter((pod) => isToPlace(session, pod))
    .map((pod) => ({
      name: pod.name,
      priority: priorityOf(pod),
      gate: gateOf(pod, profileFor(session, pod), session.around)?.plugin,
    }))

const isToPlace = (session: Session, pod: KnownPod): boolean =>
  (pod.spec.nodeName ?? '') === '' &&
  pod.metadata.deletionTimestamp === undefined &&
  profileOf(session, pod) !== undefined

/**
 * Tries pods until none is ready. A pod that the session does not know or must not place is
 * dropped.
 *
 * The scheduler's own state changes as if each order were carried out at once, except that evicted
 * pods stay on their nodes until the caller reports that they are gone.
 */
export const runQueue = (session: Session, queue: Queue, at: Instant): RunResult => {
  const effects: SchedulerEffect[] = []
  let left = queue
  for (let popped = pop(left); popped !== undefined; popped = pop(left)) {
    const [rest, entry] = popped
    const pod = session.pods.get(entry.name)
    const isKnown = pod !== undefined && isToPlace(session, pod)
    const result = isKnown ? tryPod(session, pod, entry, rest, at) : { queue: rest, effects: [] }
    left = result.queue
    for (const one of result.effects) effects.push(one)
  }
  return { queue: left, effects }
}

const tryPod = (
  session: Session,
  pod: KnownPod,
  entry: QueuedPod,
  queue: Queue,
  at: Instant,
): RunResult => {
  const before = session.nominated.get(pod.name)
  const made = attempt(session, pod)
  const { verdict, rejectors } = made
  if (verdict.node !== undefined)
    return {
      queue: onEvent(queue, { resource: 'AssignedPod', action: 'Add' }, at),
      effects: [{ _tag: 'Bind', pod: pod.name, node: verdict.node }],
    }
  const { effects, freed } = afterRefusal(session, pod, made, before)
  return {
    queue: freed.reduce(
      (next, other) => withoutNomination(next, other, at),
      putBack(queue, entry, rejectors, at),
    ),
    effects: [{ _tag: 'Unschedulable', pod: pod.name, verdict }, ...effects],
  }
}

/**
 * Requeues the pods that the nomination of `pod` may have blocked: those of equal or lower
 * priority.
 */
export const withoutNomination = (queue: Queue, pod: KnownPod, at: Instant): Queue =>
  onEvent(
    queue,
    { resource: 'AssignedPod', action: 'Delete' },
    at,
    (_, { priority }) => priority <= priorityOf(pod),
  )

interface Aftermath {
  readonly effects: readonly SchedulerEffect[]
  /** The pods whose nomination was removed or moved to another node. */
  readonly freed: readonly KnownPod[]
}

/**
 * Carries out a refused pod's preemption: voids weaker nominations, marks the victims as leaving,
 * and stores the new nomination.
 */
const afterRefusal = (
  session: Session,
  pod: KnownPod,
  { verdict: { preemption }, nominatedNodeName: node }: Attempt,
  before: string | undefined,
): Aftermath => {
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
