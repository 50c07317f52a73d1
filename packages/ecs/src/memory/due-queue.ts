/**
 * Implements a persistent priority queue, as a leftist heap, of the services to reconcile at a
 * later instant. Adding a service and taking the earliest cost O(log n), and earlier versions of
 * the queue stay valid.
 */
import { byCodeUnit, type Instant } from '@stowage/kernel'

/** A service, and when it has to be looked at. */
export interface DueService {
  readonly at: Instant
  readonly service: string
}

/** A queue; `undefined` is the empty one. */
export type DueQueue = DueHeap | undefined

interface DueHeap {
  readonly first: DueService
  /** The length of the shortest way down, which the right side always has. */
  readonly rank: number
  readonly left: DueQueue
  readonly right: DueQueue
}

/** The queue with one more service. */
export const addDue = (queue: DueQueue, first: DueService): DueQueue =>
  merge(queue, { first, rank: 1, left: undefined, right: undefined })

/** The earliest instant in the queue. */
export const nextDue = (queue: DueQueue): Instant | undefined => queue?.first.at

/** Takes out the services that are due by `now`. */
export const takeDue = (
  queue: DueQueue,
  now: Instant,
): readonly [services: readonly string[], queue: DueQueue] => {
  const services: string[] = []
  let left = queue
  while (left !== undefined && left.first.at <= now) {
    services.push(left.first.service)
    left = merge(left.left, left.right)
  }
  return [services, left]
}

/** All entries, sorted: the same for queues of the same content. */
export const dueEntries = (queue: DueQueue): readonly DueService[] => {
  const entries: DueService[] = []
  const heaps = [queue]
  while (heaps.length > 0) {
    const heap = heaps.pop()
    if (heap === undefined) continue
    entries.push(heap.first)
    heaps.push(heap.left, heap.right)
  }
  return entries.sort((a, b) => a.at - b.at || byCodeUnit(a.service, b.service))
}

const merge = (a: DueQueue, b: DueQueue): DueQueue => {
  if (a === undefined) return b
  if (b === undefined) return a
  const [top, below] = a.first.at <= b.first.at ? [a, b] : [b, a]
  const merged = merge(top.right, below)
  const isLeftist = rankOf(top.left) >= rankOf(merged)
  const [left, right] = isLeftist ? [top.left, merged] : [merged, top.left]
  return { first: top.first, rank: rankOf(right) + 1, left, right }
}

const rankOf = (queue: DueQueue): number => queue?.rank ?? 0
