/** Orders a replica to be started on the node where it was placed. */
import type { Draft } from '../cluster/draft.js'
import { nodeName } from '../cluster/read.js'
import type { Placement } from '../rule/answer.js'
import type { Booking, Pending } from '../time/state.js'
import { bookOrder, countShare, noteReplica, setBooking, type Work } from '../time/work.js'

/** Books the order; on a node of a vending pool it is that pool's. */
export const startReplica = (
  work: Work,
  draft: Draft,
  row: Pending,
  { replica, node }: Placement,
  pool?: string,
): void => {
  const { owner, class: classId } = row
  const order = bookOrder(work, { _tag: 'Start', replica })
  const booking: Booking = {
    ...{ owner, startOrder: order },
    ...(row.isShare === true ? { share: row.supply![0]! } : {}),
  }
  setBooking(work, replica, booking)
  if (booking.share !== undefined) countShare(work, owner, booking.share, 1)
  noteReplica(work, booking, { replica, class: classId, node, phase: 'assumed' })
  const effect = { order, replica, owner, class: classId, node: nodeName(draft, node) }
  work.effects.push(
    pool === undefined ? { _tag: 'Place', ...effect } : { _tag: 'Vend', ...effect, pool },
  )
}
