/**
 * Defines the state of an orchestrator between steps, as an immutable value: the cluster, the
 * memory of each controller, the open orders (commands to the caller), the waiting replicas, and
 * the pools.
 */
import { empty, type Cluster } from '../cluster/cluster.js'
import { allowIndexes } from '../index/allow-indexes.js'
import type { ClassId, NodeId } from '../rule/id.js'
import { instant, type Instant } from '../rule/instant.js'
import type { Pool } from '../provision/pool.js'
import { noBookings, type Bookings, type ReplicaOwner } from './bookings.js'
import type { NodeChange, ReplicaChange } from './decision.js'
import { noOrders, type OrderTable } from './order-table.js'
import { openBook, type PoolBook } from './pool-book.js'

/** Replicas of one owner and class that wait for a node. */
export interface PendingReplicas {
  readonly owner: ReplicaOwner
  readonly class: ClassId
  readonly count: number
  readonly only?: readonly NodeId[]
  /** The pools that its node must be from, in order; absent when any node will do. */
  readonly supply?: readonly string[]
  /** The nodes that the placer keeps for some of them; absent for none. */
  readonly nominations?: readonly NodeId[]
}

/** The row with another count; no more nodes are kept for it than it has replicas. */
export const withCount = (row: PendingReplicas, count: number): PendingReplicas => {
  const { nominations } = row
  return nominations === undefined || nominations.length <= count
    ? { ...row, count }
    : withNominations({ ...row, count }, nominations.slice(0, count))
}

/** The row with these nodes kept for its replicas. */
export const withNominations = (
  row: PendingReplicas,
  nominations: readonly NodeId[],
): PendingReplicas => {
  if (nominations.length > 0) return { ...row, nominations }
  const { nominations: _, ...others } = row
  return others
}

/** What the controllers have not seen yet. */
export interface UnseenChanges {
  readonly nodes: readonly NodeChange[]
  readonly replicas: readonly OwnedChange[]
}

/** A change of a replica, for the controller that owns it. */
export interface OwnedChange extends ReplicaChange {
  readonly controller: string
}

/** A state. Plain data but for the cluster and the memories; made by `startSteps` and `step`. */
export interface StepState {
  readonly cluster: Cluster
  /** The instant of the last pass. */
  readonly now: Instant
  /** What each controller remembers, by its name; it begins with its `start`. */
  readonly memories: ReadonlyMap<string, unknown>
  /** When each controller wants to run again, by its name. */
  readonly wakes: ReadonlyMap<string, Instant>
  /** The owners and the open orders of replicas. Arrays: a spent state gives them away. */
  readonly bookings: Bookings
  readonly orders: OrderTable
  /** In the order of the names of the owners. */
  readonly pending: readonly PendingReplicas[]
  /** Whether `pending` is what the cluster as it is refused. */
  readonly isTried: boolean
  readonly unseen: UnseenChanges
  /** The pools with their nodes, by name. */
  readonly books: ReadonlyMap<string, PoolBook>
  /** The pool of each node that is from one, by the name of the node. */
  readonly nodePools: ReadonlyMap<string, string>
  /** How many placed replicas of an owner are a share of a pool; by `shareKey`. */
  readonly shares: ReadonlyMap<string, number>
  /** When a pool acts by itself at the latest. */
  readonly poolTimer: Instant | undefined
}

/** No changes. */
export const noChanges: UnseenChanges = { nodes: [], replicas: [] }

/**
 * The state before the first event: nothing ordered, nothing remembered. Without a cluster it
 * begins with none but with indexes, as steps are many; a given one stays as it is.
 */
export const startSteps = ({
  cluster = allowIndexes(empty),
  now = instant(0),
  pools = [],
}: {
  readonly cluster?: Cluster
  readonly now?: Instant
  readonly pools?: readonly Pool[]
} = {}): StepState => ({
  cluster,
  now,
  memories: new Map(),
  wakes: new Map(),
  bookings: noBookings(),
  orders: noOrders(),
  pending: [],
  isTried: true,
  unseen: noChanges,
  books: new Map(pools.map((pool) => [pool.name, openBook(pool)])),
  nodePools: new Map(),
  shares: new Map(),
  poolTimer: pools.length === 0 ? undefined : now,
})
