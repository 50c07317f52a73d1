/**
 * Holds what one pass has changed so far. It lives as long as the pass; `stateAfter` makes the next
 * state of it, and a pass that fails leaves nothing behind.
 */
import type { Cluster } from '../cluster/cluster.js'
import { rowOf } from '../cluster/generation.js'
import type { NodeId, ReplicaId } from '../rule/id.js'
import type { Instant } from '../rule/instant.js'
import type { NodeChange } from './controller.js'
import type { Owner, StepEffect } from './event.js'
import { withChanges } from './layered-map.js'
import { nextPoolTimer, type PoolBook } from './pool-book.js'
import { rowAt, withRows } from './rows.js'
import type { Booking, OrderSubject, Pending, StepState, UnseenChanges } from './state.js'

/** The changes of a pass over the state that it began with. */
export interface Work {
  readonly before: StepState
  readonly now: Instant
  readonly bookings: Map<number, Booking | undefined>
  readonly orders: Map<number, OrderSubject | undefined>
  readonly nodes: NodeChange[]
  readonly replicas: UnseenChanges['replicas'][number][]
  readonly effects: StepEffect[]
  readonly memories: Map<string, unknown>
  readonly wakes: Map<string, Instant>
  readonly books: Map<string, PoolBook>
  readonly nodePools: Map<string, string | undefined>
  readonly shares: Map<string, number>
  /** The nodes whose replicas changed; only noted when there are pools. */
  readonly touched: Set<NodeId>
  nextOrder: number
  pending: readonly Pending[]
  isTried: boolean
}

/** A pass that has changed nothing yet. What the controllers have not seen stays to be seen. */
export const beginWork = (before: StepState, now: Instant): Work => ({
  before,
  now,
  bookings: new Map(),
  orders: new Map(),
  nodes: [...before.unseen.nodes],
  replicas: [...before.unseen.replicas],
  effects: [],
  memories: new Map(),
  wakes: new Map(),
  books: new Map(),
  nodePools: new Map(),
  shares: new Map(),
  touched: new Set(),
  nextOrder: before.nextOrder,
  pending: before.pending,
  isTried: before.isTried,
})

/** The booking of a replica, as it is now. */
export const bookingOf = ({ bookings, before }: Work, replica: ReplicaId): Booking | undefined => {
  const row = rowOf(replica)
  return bookings.has(row) ? bookings.get(row) : rowAt(before.bookings, row)
}

/** Changes the booking of a replica, or removes it. */
export const setBooking = (work: Work, replica: ReplicaId, booking: Booking | undefined): void => {
  work.bookings.set(rowOf(replica), booking)
}

/** What an order is about; `undefined` for one that is confirmed or failed. */
export const orderSubject = ({ orders, before }: Work, order: number): OrderSubject | undefined =>
  orders.has(order) ? orders.get(order) : before.orders.get(order)

/** Forgets an order: it is confirmed, has failed, or is about what is gone. */
export const settleOrder = (work: Work, order: number | undefined): void => {
  if (order !== undefined) work.orders.set(order, undefined)
}

/** A pool with its nodes, as it is now. */
export const bookOf = ({ books, before }: Work, pool: string): PoolBook | undefined =>
  books.get(pool) ?? before.books.get(pool)

/** The pool of a node, by the name of the node. */
export const poolOfNode = ({ nodePools, before }: Work, node: string): string | undefined =>
  nodePools.has(node) ? nodePools.get(node) : before.nodePools.get(node)

/** How many placed replicas of an owner are a share of a pool. */
export const shareCount = ({ shares, before }: Work, owner: Owner, pool: string): number => {
  const key = shareKey(owner, pool)
  return shares.get(key) ?? before.shares.get(key) ?? 0
}

/** Counts a replica of a share that was placed (1) or is gone (-1). */
export const countShare = (work: Work, owner: Owner, pool: string, change: 1 | -1): void => {
  work.shares.set(shareKey(owner, pool), shareCount(work, owner, pool) + change)
}

const shareKey = ({ controller, name }: Owner, pool: string): string =>
  JSON.stringify([pool, controller, name])

/** Gives the next order its number, and books what it is about. */
export const bookOrder = (work: Work, subject: OrderSubject): number => {
  const order = work.nextOrder++
  work.orders.set(order, subject)
  return order
}

/** Lets the owner's controller see a change of a replica in its next pass. */
export const noteReplica = (
  work: Work,
  booking: Booking | undefined,
  change: Omit<UnseenChanges['replicas'][number], 'controller' | 'owner'>,
): void => {
  work.isTried = false
  if (work.before.books.size > 0) work.touched.add(change.node)
  if (booking === undefined) return
  const { controller, name } = booking.owner
  work.replicas.push({ controller, owner: name, ...change })
}

/** Lets all controllers see a change of a node. */
export const noteNode = (work: Work, change: NodeChange): void => {
  work.isTried = false
  work.nodes.push(change)
}

/** The state that the pass leaves. */
export const stateAfter = (work: Work, cluster: Cluster, unseen: UnseenChanges): StepState => {
  const { before, now, bookings, orders, memories, nextOrder, pending, isTried } = work
  const { poolTimer: _, ...rest } = before
  const books = work.books.size === 0 ? before.books : new Map([...before.books, ...work.books])
  const timer = nextPoolTimer(books)
  return {
    ...rest,
    ...(timer === undefined ? {} : { poolTimer: timer }),
    books,
    nodePools: withChanges(before.nodePools, [...work.nodePools]),
    shares: withChanges(
      before.shares,
      [...work.shares].map(([key, count]) => [key, count === 0 ? undefined : count]),
    ),
    cluster,
    now,
    memories: memories.size === 0 ? before.memories : new Map([...before.memories, ...memories]),
    wakes: work.wakes,
    bookings: bookings.size === 0 ? before.bookings : withRows(before.bookings, bookings),
    orders: orders.size === 0 ? before.orders : withChanges(before.orders, [...orders]),
    nextOrder,
    pending,
    isTried,
    unseen,
  }
}
