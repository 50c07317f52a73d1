/**
 * Adds a node that joined to its pool (a source of nodes), and removes a node that left from its
 * pool and from the cluster.
 */
import type { Draft } from '../cluster/draft.js'
import { leave } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { NodeId } from '../rule/id.js'
import { withJoined, withoutNode } from '../time/pool-book.js'
import { bookOf, noteNode, poolOfNode, type Work } from '../time/work.js'

/** Counts a node that joined to a pool. */
export const addToPool = (work: Work, node: string, pool: string): void => {
  work.books.set(pool, withJoined(bookOf(work, pool)!, node, work.now))
  work.nodePools.set(node, pool)
}

/** Removes a node that holds nothing. */
export const dropNode = (work: Work, draft: Draft, node: NodeId, name: string): void => {
  getOrThrow(leave(draft, node))
  const pool = poolOfNode(work, name)
  if (pool !== undefined) {
    work.books.set(pool, withoutNode(bookOf(work, pool)!, name))
    work.nodePools.set(name, undefined)
  }
  noteNode(work, { node, name, change: 'left' })
}

/** Forgets a node that was about to leave. */
export const dropLeaving = (work: Work, pool: string, order: number): void => {
  const book = bookOf(work, pool)!
  work.books.set(pool, { ...book, leaving: book.leaving.filter((one) => one.order !== order) })
}
