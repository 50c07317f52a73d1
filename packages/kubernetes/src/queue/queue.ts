/**
 * Implements the scheduling queue as an immutable value. A waiting pod is in one of four lists:
 *
 * 1. `active`: ready to be tried;
 * 2. `backoff`: refused by plugins, and backing off;
 * 3. `errorBackoff`: failed otherwise, and backing off;
 * 4. `unschedulable`: waiting for an event, or held by a scheduling gate.
 *
 * Source: Kubernetes documentation, "Scheduling Framework" (queue sort, PreEnqueue), "Pod
 * Scheduling Readiness", and the kube-scheduler configuration.
 */
import { instant, later, type Instant } from '@stowage/kernel'
import { expiryOf, isBackingOff, readyAt, type Backoff, type Failures } from './backoff.js'
import { concerns, type ClusterEvent, type TargetEvent } from './event.js'

/** A pod without a node. `gate` is the PreEnqueue plugin that holds it. */
export interface WaitingPod {
  /** Namespace and name. */
  readonly name: string
  readonly priority: number
  readonly gate?: string | undefined
}

/** A pod in the queue. `timestamp` is when it entered, or re-entered after an attempt. */
export interface QueuedPod extends WaitingPod, Failures {
  /** The plugins that refused the pod in its last attempt; empty when it failed otherwise. */
  readonly rejectors: readonly string[]
  /** When the pod last left `unschedulable` because it had waited too long. */
  readonly flushed?: Instant | undefined
}

/** The backoff and the longest wait for an event, in milliseconds. */
export interface QueueOptions extends Backoff {
  /** How long a pod waits for an event before it is tried without one. */
  readonly flushAfter: number
}

/**
 * The scheduling queue: each pod is in one list, once. `active` and both backoff lists are sorted,
 * the next pod first.
 */
export interface Queue {
  readonly options: QueueOptions
  /** Pods that are ready. */
  readonly active: readonly QueuedPod[]
  /**
   * Pods that back off after a refusal by plugins, and after another error; the earliest end first.
   */
  readonly backoff: readonly QueuedPod[]
  readonly errorBackoff: readonly QueuedPod[]
  /** Pods that wait for an event, and gated pods. */
  readonly unschedulable: readonly QueuedPod[]
}

/** The defaults of kube-scheduler. */
const defaultQueueOptions: QueueOptions = { initial: 1000, max: 10_000, flushAfter: 300_000 }

/** A queue without pods. Options that are not given have kube-scheduler's defaults. */
export const emptyQueue = (options: Partial<QueueOptions> = {}): Queue => ({
  options: { ...defaultQueueOptions, ...options },
  active: [],
  backoff: [],
  errorBackoff: [],
  unschedulable: [],
})

/** Queue sort: higher priority first, then the earlier timestamp. */
export const byPriority = (one: QueuedPod, other: QueuedPod): number =>
  other.priority - one.priority || one.timestamp - other.timestamp

/** Adds a new pod. It replaces one of the same name. */
export const enqueue = (queue: Queue, { name, priority, gate }: WaitingPod, at: Instant): Queue =>
  withActive(dequeue(queue, name), {
    name,
    priority,
    gate,
    timestamp: at,
    refusals: 0,
    errors: 0,
    rejectors: gate === undefined ? [] : [gate],
  })

/** All pods of the queue, list after list. */
export const queuedPods = (queue: Queue): readonly QueuedPod[] => [
  ...queue.active,
  ...queue.backoff,
  ...queue.errorBackoff,
  ...queue.unschedulable,
]

/** Removes a pod that is gone or was placed. */
export const dequeue = (queue: Queue, name: string): Queue => {
  const without = (pods: readonly QueuedPod[]) =>
    pods.some((pod) => pod.name === name) ? pods.filter((pod) => pod.name !== name) : pods
  return {
    ...queue,
    active: without(queue.active),
    backoff: without(queue.backoff),
    errorBackoff: without(queue.errorBackoff),
    unschedulable: without(queue.unschedulable),
  }
}

/**
 * The queue without the next pod to try, and that pod. If no pod is ready, the first in `backoff`
 * is taken before its backoff ends. `undefined` when both lists are empty.
 *
 * A pod that the caller has popped is in none of the lists.
 */
export const pop = (queue: Queue): readonly [after: Queue, answer: QueuedPod] | undefined => {
  const [ready, ...active] = queue.active
  if (ready !== undefined) return [{ ...queue, active }, ready]
  const [early, ...backoff] = queue.backoff
  return early === undefined ? undefined : [{ ...queue, backoff }, early]
}

/**
 * Puts a refused pod back. It waits for an event that concerns one of `rejectors`; without
 * rejectors it failed otherwise, and backs off. `meanwhile` are the events since it was popped.
 */
export const putBack = (
  queue: Queue,
  pod: QueuedPod,
  rejectors: readonly string[],
  at: Instant,
  meanwhile: readonly ClusterEvent[] = [],
): Queue => {
  const isError = rejectors.length === 0
  const failed: QueuedPod = {
    ...entryOf(pod),
    rejectors,
    timestamp: at,
    refusals: pod.refusals + (isError ? 0 : 1),
    errors: isError ? pod.errors + 1 : 0,
  }
  const isWorth = meanwhile.some((event) => rejectors.some((plugin) => concerns(plugin, event)))
  return isError || isWorth ? requeue(queue, failed, at) : withUnschedulable(queue, failed)
}

/** The pod without its flush time. */
const entryOf = ({ flushed: _, ...pod }: QueuedPod): QueuedPod => pod

/**
 * A queueing hint: whether an event can undo a plugin's refusal of a pod. It lets the caller use
 * details of the event that `ClusterEvent` lacks.
 */
export type RetryHint = (plugin: string, pod: QueuedPod) => boolean

/**
 * Requeues the pods that an event may help: to `active`, or to a backoff list while they back off.
 */
export const onEvent = (
  queue: Queue,
  event: ClusterEvent,
  at: Instant,
  hint: RetryHint = () => true,
): Queue =>
  retry(queue, at, (pod) =>
    (pod.gate === undefined ? pod.rejectors : [pod.gate]).some(
      (plugin) => concerns(plugin, event) && hint(plugin, pod),
    ),
  )

/** Updates a waiting pod that changed: its priority, its gate, or what `events` describe. */
export const onUpdate = (
  queue: Queue,
  { name, priority, gate }: WaitingPod,
  events: readonly TargetEvent[],
  at: Instant,
): Queue => {
  const found = queuedPods(queue).find((pod) => pod.name === name)
  if (found === undefined) return enqueue(queue, { name, priority, gate }, at)
  const changed = { ...found, priority, gate }
  const without = dequeue(queue, name)
  if (queue.active.includes(found)) return withActive(without, changed)
  if (!queue.unschedulable.includes(found)) return withBackoff(without, changed)
  const isWorth = events.some((event) => found.rejectors.some((plugin) => concerns(plugin, event)))
  return isWorth ? requeue(without, changed, at) : withUnschedulable(without, changed)
}

/**
 * Lets time pass. Pods whose backoff has ended become active, and pods that waited too long for an
 * event are requeued. kube-scheduler checks the former each second, the latter every 30 seconds.
 */
export const onTime = (queue: Queue, at: Instant): Queue => {
  const { options } = queue
  const isOver = (pod: QueuedPod): boolean => !isBackingOff(pod, options, at)
  const over = [...queue.backoff, ...queue.errorBackoff].filter(isOver)
  const rest: Queue = {
    ...queue,
    backoff: queue.backoff.filter((pod) => !isOver(pod)),
    errorBackoff: queue.errorBackoff.filter((pod) => !isOver(pod)),
    unschedulable: queue.unschedulable.map((pod) =>
      isForgotten(pod, options, at) ? { ...pod, flushed: at } : pod,
    ),
  }
  const ready = over.reduce<Queue>((next, pod) => withActive(next, pod), rest)
  return retry(ready, at, ({ flushed }) => flushed === at)
}

const isForgotten = (
  { timestamp, flushed = timestamp }: QueuedPod,
  { flushAfter }: QueueOptions,
  at: Instant,
): boolean => at - Math.max(timestamp, flushed) > flushAfter

/** When `onTime` will next make a pod ready if no event occurs; `undefined` when never. */
export const nextTime = ({ options, ...queue }: Queue): Instant | undefined => {
  const times = [
    ...[...queue.backoff, ...queue.errorBackoff].map((pod) => readyAt(pod, options)),
    ...queue.unschedulable
      .filter(({ gate }) => gate === undefined)
      .map(({ timestamp, flushed = timestamp }) =>
        later(instant(Math.max(timestamp, flushed)), options.flushAfter + 1),
      ),
  ]
  return times.length === 0
    ? undefined
    : times.reduce((least, time) => (time < least ? time : least))
}

/** Requeues the unschedulable pods that are worth another try. */
const retry = (queue: Queue, at: Instant, isWorth: (pod: QueuedPod) => boolean): Queue => {
  const worth = new Set(queue.unschedulable.filter(isWorth))
  if (worth.size === 0) return queue
  const unschedulable = queue.unschedulable.filter((pod) => !worth.has(pod))
  return [...worth].reduce<Queue>((next, pod) => requeue(next, pod, at), {
    ...queue,
    unschedulable,
  })
}

const requeue = (queue: Queue, pod: QueuedPod, at: Instant): Queue =>
  isBackingOff(pod, queue.options, at) ? withBackoff(queue, pod) : withActive(queue, pod)

const withActive = (queue: Queue, pod: QueuedPod): Queue =>
  pod.gate === undefined
    ? { ...queue, active: insertSorted(queue.active, pod, byPriority) }
    : withUnschedulable(queue, pod)

const withBackoff = (queue: Queue, pod: QueuedPod): Queue => {
  if (pod.gate !== undefined) return withUnschedulable(queue, pod)
  const byExpiry = (one: QueuedPod, other: QueuedPod): number =>
    expiryOf(one, queue.options) - expiryOf(other, queue.options)
  return pod.rejectors.length === 0
    ? { ...queue, errorBackoff: insertSorted(queue.errorBackoff, pod, byExpiry) }
    : {
        ...queue,
        backoff: insertSorted(
          queue.backoff,
          pod,
          (one, other) => byExpiry(one, other) || byPriority(one, other),
        ),
      }
}

const withUnschedulable = (queue: Queue, pod: QueuedPod): Queue => ({
  ...queue,
  unschedulable: [
    ...queue.unschedulable,
    pod.gate === undefined || pod.rejectors.includes(pod.gate)
      ? pod
      : { ...pod, rejectors: [...pod.rejectors, pod.gate] },
  ],
})

/** Inserts the pod into a sorted list, after its equals. */
const insertSorted = (
  pods: readonly QueuedPod[],
  pod: QueuedPod,
  compare: (one: QueuedPod, other: QueuedPod) => number,
): readonly QueuedPod[] => {
  let [from, to] = [0, pods.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (compare(pods[middle]!, pod) <= 0) from = middle + 1
    else to = middle
  }
  return [...pods.slice(0, from), pod, ...pods.slice(from)]
}
