/**
 * The scheduler's queue, as a value: pods that are ready, those that wait because they failed, and
 * those that wait for something to happen. A pod is in one of the four lists, or with the caller
 * who took it out.
 *
 * Source: Kubernetes documentation, "Scheduling Framework" (queue sort, PreEnqueue), "Pod
 * Scheduling Readiness", and the kube-scheduler configuration.
 */
import { instant, later, type Instant } from '@stowage/kernel'
import { expiryOf, isBackingOff, readyAt, type Backoff, type Failures } from './backoff.js'
import { concerns, type ClusterEvent, type TargetEvent } from './event.js'

/** A pod that has no node. `gate` is the plugin that keeps it from being tried at all. */
export interface WaitingPod {
  /** Namespace and name. */
  readonly name: string
  readonly priority: number
  readonly gate?: string | undefined
}

/** `timestamp` is when it came into the queue, or came back into it after an attempt. */
export interface QueuedPod extends WaitingPod, Failures {
  /** The plugins that refused it the last time; nobody, when it failed otherwise. */
  readonly rejectors: readonly string[]
  readonly flushed?: Instant
}

export interface QueueOptions extends Backoff {
  /** How long a pod waits for an event before it is tried all the same. */
  readonly flushAfter: number
}

export interface Queue {
  readonly options: QueueOptions
  /** Ready, the next one first. */
  readonly active: readonly QueuedPod[]
  /**
   * They wait because plugins refused them, and those that wait because of an error; who waits the
   * least comes first.
   */
  readonly backoff: readonly QueuedPod[]
  readonly errorBackoff: readonly QueuedPod[]
  /** They wait for an event; the gated ones too. */
  readonly unschedulable: readonly QueuedPod[]
}

/** As the scheduler's configuration has them by default. */
const defaults: QueueOptions = { initial: 1000, max: 10_000, flushAfter: 300_000 }

export const emptyQueue = (options: Partial<QueueOptions> = {}): Queue => ({
  options: { ...defaults, ...options },
  active: [],
  backoff: [],
  errorBackoff: [],
  unschedulable: [],
})

/** Of higher priority first, and then the one that has been there for longer. */
export const byPriority = (one: QueuedPod, other: QueuedPod): number =>
  other.priority - one.priority || one.timestamp - other.timestamp

/** Adds a pod that is new; one of the same name is replaced. */
export const enqueue = (queue: Queue, { name, priority, gate }: WaitingPod, at: Instant): Queue =>
  activated(dequeue(queue, name), {
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

/** Removes a pod that is gone, or that has a node. */
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
 * The pod to try next, and the queue without it. When nobody is ready, one of those that plugins
 * refused need not wait to the end; nothing when nobody can be tried.
 */
export const pop = (queue: Queue): readonly [after: Queue, answer: QueuedPod] | undefined => {
  const [ready, ...active] = queue.active
  if (ready !== undefined) return [{ ...queue, active }, ready]
  const [early, ...backoff] = queue.backoff
  return early === undefined ? undefined : [{ ...queue, backoff }, early]
}

/**
 * Puts a pod back that found no place: to wait for an event that concerns one of `rejectors`, or,
 * when there are none since it failed otherwise, for its time. `meanwhile` are the events since it
 * was taken out.
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
  return isError || isWorth ? requeued(queue, failed, at) : parked(queue, failed)
}

/** Without the time at which it was flushed. */
const entryOf = ({ flushed: _, ...pod }: QueuedPod): QueuedPod => pod

/** What the caller may know of an event: whether it can undo the plugin's refusal of the pod. */
export type Hint = (plugin: string, pod: QueuedPod) => boolean

/**
 * Something happened: the pods that it may help are tried again, when they have waited long enough.
 */
export const onEvent = (
  queue: Queue,
  event: ClusterEvent,
  at: Instant,
  hint: Hint = () => true,
): Queue =>
  retried(queue, at, (pod) =>
    (pod.gate === undefined ? pod.rejectors : [pod.gate]).some(
      (plugin) => concerns(plugin, event) && hint(plugin, pod),
    ),
  )

/** A pod that waits was changed: its priority, its gate, or what else the events say. */
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
  if (queue.active.includes(found)) return activated(without, changed)
  if (!queue.unschedulable.includes(found)) return delayed(without, changed)
  const isWorth = events.some((event) => found.rejectors.some((plugin) => concerns(plugin, event)))
  return isWorth ? requeued(without, changed, at) : parked(without, changed)
}

/**
 * Time goes by: those that have waited long enough are ready, and those that no event came for are
 * tried all the same. Upstream looks at the former each second and at the latter every 30 seconds.
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
  const ready = over.reduce<Queue>((next, pod) => activated(next, pod), rest)
  return retried(ready, at, ({ flushed }) => flushed === at)
}

const isForgotten = (
  { timestamp, flushed = timestamp }: QueuedPod,
  { flushAfter }: QueueOptions,
  at: Instant,
): boolean => at - Math.max(timestamp, flushed) > flushAfter

/**
 * When `onTime` will next let a pod be tried, if nothing else happens before; nothing when it never
 * will.
 */
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

/** Takes those out of the waiting that are worth another try. */
const retried = (queue: Queue, at: Instant, isWorth: (pod: QueuedPod) => boolean): Queue => {
  const worth = new Set(queue.unschedulable.filter(isWorth))
  if (worth.size === 0) return queue
  const unschedulable = queue.unschedulable.filter((pod) => !worth.has(pod))
  return [...worth].reduce<Queue>((next, pod) => requeued(next, pod, at), {
    ...queue,
    unschedulable,
  })
}

const requeued = (queue: Queue, pod: QueuedPod, at: Instant): Queue =>
  isBackingOff(pod, queue.options, at) ? delayed(queue, pod) : activated(queue, pod)

const activated = (queue: Queue, pod: QueuedPod): Queue =>
  pod.gate === undefined
    ? { ...queue, active: inserted(queue.active, pod, byPriority) }
    : parked(queue, pod)

const delayed = (queue: Queue, pod: QueuedPod): Queue => {
  if (pod.gate !== undefined) return parked(queue, pod)
  const byExpiry = (one: QueuedPod, other: QueuedPod): number =>
    expiryOf(one, queue.options) - expiryOf(other, queue.options)
  return pod.rejectors.length === 0
    ? { ...queue, errorBackoff: inserted(queue.errorBackoff, pod, byExpiry) }
    : {
        ...queue,
        backoff: inserted(
          queue.backoff,
          pod,
          (one, other) => byExpiry(one, other) || byPriority(one, other),
        ),
      }
}

const parked = (queue: Queue, pod: QueuedPod): Queue => ({
  ...queue,
  unschedulable: [
    ...queue.unschedulable,
    pod.gate === undefined || pod.rejectors.includes(pod.gate)
      ? pod
      : { ...pod, rejectors: [...pod.rejectors, pod.gate] },
  ],
})

/** After all that it does not come before. */
const inserted = (
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
