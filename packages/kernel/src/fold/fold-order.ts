/**
 * Applies `OrderFailed` events: undoes what the state recorded when the order (a command to the
 * caller) was issued. The failure of an order that is already settled changes nothing.
 *
 * - `Place`, `Vend`: the replica is removed.
 * - `Stop`: the replica runs (or starts) as before.
 * - `Buy`: the node is no longer expected.
 * - `Release`: the node joins again.
 * - `Ask` that needs an answer: the controller that asked sees it in this pass.
 */
import type { Draft } from '../cluster/draft.js'
import { join, setPhase } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ReplicaId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { recordOf, dropReplica } from './fold-replica.js'
import { addToPool, dropLeaving } from './pool-move.js'
import { bookOf, noteNode, noteReplica, ownerOf, settleOrder, type Work } from '../time/work.js'
import { setStopOrderAt, startOrderAt, stopOrderAt } from '../time/bookings.js'
import { replicaOfOrder, type PoolOrder } from '../time/order-table.js'
import { rowOf } from '../cluster/generation.js'

/** An order failed; a late fact about it is nothing. */
export const foldFailed = (
  work: Work,
  draft: Draft,
  { order, because }: EventOf<'OrderFailed'>,
): FoldFault | undefined => {
  if (order < 1 || order >= work.orders.next)
    return {
      ...{ _tag: 'UnknownOrder', at: ['order'], found: renderValue(order) },
      expected: 'the number of an order that was given',
    }
  const replica = replicaOfOrder(work.orders, order)
  const ofPool = work.orders.ofPools.get(order)
  const ask = work.orders.asks.get(order)
  if (ofPool !== undefined) takeBackPoolOrder(work, draft, ofPool, order)
  else if (ask !== undefined) {
    settleOrder(work, order)
    work.failures.push({ ...ask, order, because })
  } else if (replica === undefined) return undefined
  else if (startOrderAt(work.bookings, rowOf(replica)) === order)
    dropReplica(work, draft, replica, because)
  else takeBackStop(work, draft, replica, because)
  return undefined
}

const takeBackPoolOrder = (
  work: Work,
  draft: Draft,
  { _tag, pool }: PoolOrder,
  order: number,
): void => {
  settleOrder(work, order)
  if (_tag === 'Release') takeBackRelease(work, draft, pool, order)
  else {
    const book = bookOf(work, pool)!
    work.books.set(pool, {
      ...book,
      coming: book.coming.filter((one) => one.order !== order),
    })
  }
}

/** The node is not released: it is there again, and holds nothing since now. */
const takeBackRelease = (work: Work, draft: Draft, pool: string, order: number): void => {
  const { spec } = bookOf(work, pool)!.leaving.find((one) => one.order === order)!
  dropLeaving(work, pool, order)
  const node = getOrThrow(join(draft, spec))
  addToPool(work, spec.name, pool)
  noteNode(work, { node, name: spec.name, change: 'joined' })
}

/** The replica is not ended: it runs, or is assumed while the order that starts it is open. */
const takeBackStop = (work: Work, draft: Draft, replica: ReplicaId, because: string): void => {
  const row = rowOf(replica)
  settleOrder(work, stopOrderAt(work.bookings, row))
  setStopOrderAt(work.bookings, row, 0)
  const phase = startOrderAt(work.bookings, row) === 0 ? 'running' : 'assumed'
  getOrThrow(setPhase(draft, replica, phase))
  const { class: classId, node } = recordOf(draft, replica)
  noteReplica(work, ownerOf(work, replica), replica, classId, node, phase, because)
}
