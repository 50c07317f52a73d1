/**
 * Issues the order (a command to the caller) to buy a node of an offering (a kind of node). The
 * node counts as coming until it joins, or until the warm-up time of its pool is over.
 */
import type { FleetPool, OfferedNode } from '../provision/pool.js'
import { later } from '../rule/instant.js'
import { serialIn } from './free-names.js'
import { bookNode } from '../time/order-table.js'
import { bookOf, type Work } from '../time/work.js'

/** Books the order, and expects the node within the warm-up of its pool. */
export const buyNode = (work: Work, { pool, offering, node }: OfferedNode): void => {
  const book = bookOf(work, pool)!
  const order = bookNode(work.orders, { _tag: 'Buy', pool })
  const due = later(work.now, (book.pool as FleetPool).warmUp)
  work.books.set(pool, {
    ...book,
    serial: serialIn(pool, node),
    coming: [...book.coming, { pool, offering, node, order, due }],
  })
  work.effects.push({ _tag: 'Buy', order, pool, node, offering })
}
