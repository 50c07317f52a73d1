/**
 * Collects the changes of a pass in progress (a pass handles all events of one instant).
 * `stateAfter` builds the next state from these changes. When a pass fails, its changes are
 * discarded.
 */
import type { Cluster } from '../cluster/cluster.js'
import { rowOf } from '../cluster/generation.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import type { Instant } from '../rule/instant.js'
import type { Phase } from '../rule/match.js'
import { ownerAt, shareBookings, type Bookings, type ReplicaOwner } from './bookings.js'
import type { AskFailure, NodeChange } from './decision.js'
import type { Owner, StepEffect } from './event.js'
import { withChanges } from './layered-map.js'
import { plainConstructor } from './plain-object.js'
import { settle, shareOrders, type OrderTable } from './order-table.js'
import { nextPoolTimer, type PoolBook } from './pool-book.js'
import type { OwnedChange, PendingReplicas, StepState, UnseenChanges } from './state.js'

/** A request that failed, with the controller that asked. */
interface OwnedFailure extends AskFailure {
  readonly controller: string
}

/** The changes of a pass over the state that it began with. */
export interface Work {
  readonly before: StepState
  readonly now: Instant
  readonly bookings: Bookings
  readonly orders: OrderTable
  nodes: NodeChange[]
  replicas: OwnedChange[]
  readonly effects: StepEffect[]
  /** The requests that failed, for the controllers that asked. */
  readonly failures: OwnedFailure[]
  readonly memories: Map<string, unknown>
  readonly wakes: Map<string, Instant>
  readonly books: Map<string, PoolBook>
  readonly nodePools: Map<string, string | undefined>
  readonly shares: Map<string, number>
  /** The nodes whose replicas changed; only noted when there are pools. */
  readonly touched: Set<NodeId>
  pending: readonly PendingReplicas[]
  isTried: boolean
}

/**
 * A pass that has changed nothing yet. What the controllers have not seen stays to be seen. A state
 * that is spent gives its bookings and orders away; any other shares them.
 */
export const beginWork = (before: StepState, now: Instant, isSpent: boolean): Work => ({
  before,
  now,
  bookings: isSpent ? before.bookings : shareBookings(before.bookings),
  orders: isSpent ? before.orders : shareOrders(before.orders),
  nodes: before.unseen.nodes.slice(),
  replicas: before.unseen.replicas.slice(),
  effects: [],
  failures: [],
  memories: new Map(),
  wakes: new Map(),
  books: new Map(),
  nodePools: new Map(),
  shares: new Map(),
  touched: new Set(),
  pending: before.pending,
  isTried: before.isTried,
})

/** The owner of a replica; `undefined` for one that no controller started or adopted. */
export const ownerOf = ({ bookings }: Work, replica: ReplicaId): ReplicaOwner | undefined =>
  ownerAt(bookings, rowOf(replica))

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

/** Settles an order: it is confirmed, has failed, or is about what is gone. */
export const settleOrder = (work: Work, order: number): void => settle(work.orders, order)

/** Lets the owner's controller see a change of a replica in its next pass. */
export const noteReplica = (
  work: Work,
  owner: ReplicaOwner | undefined,
  replica: ReplicaId,
  classId: ClassId,
  node: NodeId,
  phase: Phase | undefined,
  because?: string,
): void => {
  work.isTried = false
  if (work.before.books.size > 0) work.touched.add(node)
  if (owner === undefined) return
  work.replicas.push(new ChangeOf(owner, replica, classId, node, phase, because))
}

const ChangeOf = plainConstructor<
  [ReplicaOwner, ReplicaId, ClassId, NodeId, Phase | undefined, string | undefined],
  OwnedChange
>(function (owner, replica, classId, node, phase, because) {
  this.controller = owner.controller
  this.replica = replica
  this.owner = owner.name
  this.class = classId
  this.node = node
  this.phase = phase
  this.because = because
})

/** Lets all controllers see a change of a node. */
export const noteNode = (work: Work, change: NodeChange): void => {
  work.isTried = false
  work.nodes.push(change)
}

/** The state that the pass leaves. */
export const stateAfter = (work: Work, cluster: Cluster, unseen: UnseenChanges): StepState => {
  const { before, now, bookings, orders, memories, pending, isTried } = work
  const books = work.books.size === 0 ? before.books : new Map([...before.books, ...work.books])
  const isTimerOld =
    books !== before.books || (before.poolTimer !== undefined && before.poolTimer <= now)
  return {
    cluster,
    now,
    memories: memories.size === 0 ? before.memories : new Map([...before.memories, ...memories]),
    wakes: work.wakes,
    bookings,
    orders,
    pending,
    isTried,
    unseen,
    books,
    nodePools:
      work.nodePools.size === 0
        ? before.nodePools
        : withChanges(before.nodePools, [...work.nodePools]),
    shares:
      work.shares.size === 0
        ? before.shares
        : withChanges(
            before.shares,
            [...work.shares].map(([key, count]) => [key, count === 0 ? undefined : count]),
          ),
    poolTimer: isTimerOld ? nextPoolTimer(books) : before.poolTimer,
  }
}
