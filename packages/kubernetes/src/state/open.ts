/**
 * Creates the initial state of a scheduler from Kubernetes objects: running pods are on their
 * nodes, and pods without a node are in the queue.
 */
import {
  allowIndexes,
  batch,
  empty,
  type ClassSpec,
  type Draft,
  type Instant,
} from '@stowage/kernel'
import { backoffOf } from '../queue/options.js'
import { dequeue, emptyQueue, enqueue, queuedPods, type Queue } from '../queue/queue.js'
import { classSpecOf } from '../scheduler/lowered.js'
import { openSession } from '../scheduler/open.js'
import { waitingPods } from '../scheduler/run.js'
import type { KnownPod } from '../scheduler/session.js'
import { worldOf, type DecisionOptions } from '../scheduler/world.js'
import type { KubernetesObject } from '../words/object.js'
import { changingOf, type SchedulerState } from './state.js'

/** Options of a scheduler: how it decides, and the queue that it continues. */
export interface SchedulerOptions extends DecisionOptions {
  /**
   * The queue of an earlier state that this one continues: a pod that waits in both keeps its turn
   * and its failures. Without it, every waiting pod is new.
   */
  readonly queue?: Queue
}

/**
 * Opens a scheduler. Each pod is on the node of its `spec.nodeName`, and left out when that node is
 * not among the objects. Nominations come from `status.nominatedNodeName`. Waiting pods enter the
 * queue at `at`. Throws when two nodes have one name or an amount is above 2^53/100.
 */
export const openScheduler = (
  objects: readonly KubernetesObject[],
  at: Instant,
  options: SchedulerOptions = {},
): SchedulerState => {
  const world = worldOf(objects, options)
  const [cluster, { session, waiting }] = batch(allowIndexes(empty), (draft) => {
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

/**
 * The class specification of a pod in a draft of the state's cluster, for direct calls of the
 * kernel.
 */
export const podClassSpec = (
  { surroundings: around, world: { profiles, tie } }: SchedulerState,
  draft: Draft,
  pod: KnownPod,
): ClassSpec => classSpecOf({ draft, around, profiles, tie }, pod)
