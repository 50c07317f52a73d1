/** Folds failures of orders: whatever was booked with an order is taken back. */
import type { Draft } from '../cluster/draft.js'
import { join, setPhase } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ReplicaId } from '../rule/id.js'
import { shown } from '../rule/malformed.js'
import type { EventOf } from '../time/event.js'
import type { FoldFault } from '../time/fault.js'
import { recordOf, dropReplica } from './fold-replica.js'
import { addToPool, dropLeaving } from './pool-move.js'
import {
  bookingOf,
  bookOf,
  noteNode,
  noteReplica,
  orderSubject,
  setBooking,
  settleOrder,
  type Work,
} from '../time/work.js'

/** An order failed; a late fact about it is nothing. */
export const foldFailed = (
  work: Work,
  draft: Draft,
  { order, because }: EventOf<'OrderFailed'>,
): FoldFault | undefined => {
  if (order < 1 || order >= work.nextOrder)
    return {
      ...{ _tag: 'UnknownOrder', at: ['order'], found: shown(order) },
      expected: 'the number of an order that was given',
    }
  const subject = orderSubject(work, order)
  if (subject === undefined) return undefined
  switch (subject._tag) {
    case 'Start':
      dropReplica(work, draft, subject.replica, because)
      break
    case 'Stop':
      takeBackStop(work, draft, subject.replica, because)
      break
    case 'Buy':
      settleOrder(work, order)
      dropComing(work, subject.pool, order)
      break
    case 'Release':
      takeBackRelease(work, draft, subject.pool, order)
  }
  return undefined
}

const dropComing = (work: Work, pool: string, order: number): void => {
  const book = bookOf(work, pool)!
  work.books.set(pool, { ...book, coming: book.coming.filter((one) => one.order !== order) })
}

/** The node is not released: it is there again, and holds nothing since now. */
const takeBackRelease = (work: Work, draft: Draft, pool: string, order: number): void => {
  const { spec } = bookOf(work, pool)!.leaving.find((one) => one.order === order)!
  settleOrder(work, order)
  dropLeaving(work, pool, order)
  const node = getOrThrow(join(draft, spec))
  addToPool(work, spec.name, pool)
  noteNode(work, { node, name: spec.name, change: 'joined' })
}

/** The replica is not ended: it is in the phase that it had before. */
const takeBackStop = (work: Work, draft: Draft, replica: ReplicaId, because: string): void => {
  const { stop, ...booking } = bookingOf(work, replica)!
  settleOrder(work, stop!.order)
  setBooking(work, replica, booking)
  getOrThrow(setPhase(draft, replica, stop!.before))
  noteReplica(work, booking, { ...recordOf(draft, replica), replica, because })
}
