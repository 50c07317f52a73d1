/**
 * Tracks the nodes of each pool: joined, idle, bought but not yet joined, and being released. Also
 * computes the next instant at which a pool has something to do, such as to release an idle node.
 */
import type { Instant } from '../rule/instant.js'
import type { NodeSpec } from '../rule/node-spec.js'
import type { Pool } from '../provision/pool.js'
import type { OfferedNode } from '../provision/pool.js'
import { withChanges } from './layered-map.js'

/** A node that was bought, until it joins; after `due` it counts as lost. */
export interface ComingNode extends OfferedNode {
  readonly order: number
  readonly due: Instant
}

/** A node that is released, until it is gone; it takes no replica and comes back on failure. */
export interface LeavingNode {
  readonly order: number
  readonly spec: NodeSpec
}

/** A pool with its nodes. */
export interface PoolBook {
  readonly pool: Pool
  /** How many names of nodes were given. */
  readonly serial: number
  /** How many nodes have joined and are not leaving. */
  readonly size: number
  readonly coming: readonly ComingNode[]
  readonly leaving: readonly LeavingNode[]
  /** The nodes that hold nothing, by name, each since when. */
  readonly idle: ReadonlyMap<string, Instant>
}

/** A pool without nodes. */
export const openBook = (pool: Pool): PoolBook => ({
  ...{ pool, serial: 0, size: 0 },
  ...{ coming: [], leaving: [], idle: new Map() },
})

/** The book with a node that joined and holds nothing yet; it is coming no more. */
export const withJoined = (book: PoolBook, node: string, now: Instant): PoolBook => ({
  ...book,
  size: book.size + 1,
  coming: book.coming.filter((one) => one.node !== node),
  idle: withChanges(book.idle, [[node, now]]),
})

/** The book without a node that had joined. */
export const withoutNode = (book: PoolBook, node: string): PoolBook => ({
  ...book,
  size: book.size - 1,
  idle: withChanges(book.idle, [[node, undefined]]),
})

/** The book in which a node holds nothing since an instant, or holds something. */
export const withIdle = (book: PoolBook, node: string, since: Instant | undefined): PoolBook => ({
  ...book,
  idle: withChanges(book.idle, [[node, since]]),
})

/** The next instant at which something happens in a pool by itself. */
export const nextPoolTimer = (books: ReadonlyMap<string, PoolBook>): Instant | undefined => {
  let next: Instant | undefined
  for (const book of books.values()) {
    const timer = timerOf(book)
    if (timer !== undefined && (next === undefined || timer < next)) next = timer
  }
  return next
}

const timerOf = ({ pool, size, coming, idle }: PoolBook): Instant | undefined => {
  let next: number = Infinity
  for (const { due } of coming) next = Math.min(next, due)
  if (pool._tag === 'Fleet' && pool.isManaged !== true && size > pool.min)
    for (const since of idle.values()) next = Math.min(next, since + pool.idleFor)
  return next === Infinity ? undefined : (next as Instant)
}
