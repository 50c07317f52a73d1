/**
 * Issues the order (a command to the caller) to release an idle node. The node leaves the cluster
 * at once, so that no replica is placed on it. When the order fails, the node joins again.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Draft } from '../cluster/draft.js'
import { findNode, nodeSpec } from '../cluster/find.js'
import { leave } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { bookNode } from '../time/order-table.js'
import { withoutNode } from '../time/pool-book.js'
import { bookOf, noteNode, type Work } from '../time/work.js'

/** Takes the node out of the cluster, and books the order; a failure of it brings the node back. */
export const releaseNode = (work: Work, draft: Draft, pool: string, name: string): void => {
  const node = O.toUndefined(findNode(draft, name))!
  const spec = O.toUndefined(nodeSpec(draft, node))!
  const order = bookNode(work.orders, { _tag: 'Release', pool })
  getOrThrow(leave(draft, node))
  const book = withoutNode(bookOf(work, pool)!, name)
  work.books.set(pool, { ...book, leaving: [...book.leaving, { order, spec }] })
  work.nodePools.set(name, undefined)
  noteNode(work, { node, name, change: 'left' })
  work.effects.push({ _tag: 'Release', order, pool, node: name })
}
