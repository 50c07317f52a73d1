/** The first state of a scheduler: the objects of a cluster, and all pods that wait in the queue. */
import { batch, empty, type ClassSpec, type Draft, type Instant } from '@stowage/kernel'
import { backoffOf } from '../queue/options.js'
import { dequeue, emptyQueue, enqueue, queuedPods, type Queue } from '../queue/queue.js'
import { classSpecOf } from '../scheduler/lowered.js'
import { openSession } from '../scheduler/open.js'
import { waitingPods } from '../scheduler/run.js'
import type { KnownPod } from '../scheduler/session.js'
import { worldOf, type DecisionOptions } from '../scheduler/world.js'
import type { KubernetesObject } from '../words/object.js'
import { changingOf, type SchedulerState } from './state.js'

/** How a scheduler decides, and how its pods wait. */
export interface SchedulerOptions extends DecisionOptions {
  /**
   * The queue of an earlier state, when this one follows it: a pod that waits in both keeps its
   * turn and its failures. Without it, every pod that waits is new.
   */
  readonly queue?: Queue
}

/**
 * A state in which each pod is on the node that its object names; one whose node is not among the
 * objects is left out. Nominations are those of `status.nominatedNodeName`. Pods that wait are in
 * the queue since `at`. Throws when two nodes have one name or an amount is above 2^53/100.
 */
export const openScheduler = (
  objects: readonly KubernetesObject[],
  at: Instant,
  options: SchedulerOptions = {},
): SchedulerState => {
  const world = worldOf(objects, options)
  const [cluster, { session, waiting }] = batch(empty, (draft) => {
    const opened = openSession(draft, world)
    return { session: opened, waiting: waitingPods(opened) }
  })
  const { configuration } = options
  const before =
    options.queue ?? emptyQueue(configuration === undefined ? {} : backoffOf(configuration))
  const names = new Set(waiting.map(({ name }) => name))
  const inBoth = new Set(queuedPods(before).flatMap(({ name }) => (names.has(name) ? [name] : [])))
  const left = queuedPods(before).filter(({ name }) => !inBoth.has(name))
  const remaining = left.reduce((queue, { name }) => dequeue(queue, name), before)
  return {
    ...changingOf(session),
    ...{ cluster, world, at, pods: session.pods, searchOrder: session.order },
    queue: waiting
      .filter(({ name }) => !inBoth.has(name))
      .reduce((queue, pod) => enqueue(queue, pod, at), remaining),
  }
}

/** The class of a pod in a draft of the state's cluster, for calls of the kernel. */
export const podClassSpec = (
  { surroundings: around, world: { profiles, tie } }: SchedulerState,
  draft: Draft,
  pod: KnownPod,
): ClassSpec => classSpecOf({ draft, around, profiles, tie }, pod)
