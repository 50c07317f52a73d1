/**
 * Issues an order (a command to the caller) to stop a replica: records the order in the state,
 * tells the controller of the replica that the replica is leaving, and adds the order to the
 * effects of the step.
 */
import { rowOf } from '../cluster/generation.js'
import { nodeName } from '../cluster/read.js'
import type { Draft } from '../cluster/draft.js'
import { recordOf } from '../fold/fold-replica.js'
import type { ReplicaId } from '../rule/id.js'
import { setStopOrderAt, type ReplicaOwner } from '../time/bookings.js'
import { bookReplica } from '../time/order-table.js'
import { noteReplica, type Work } from '../time/work.js'

/** A replica to stop, with its owner, and why. */
interface OrderedStop {
  readonly replica: ReplicaId
  readonly owner: ReplicaOwner
  readonly because: string
}

/** Issues the order. `reason` is for the controller, when the stop is not its own wish. */
export const orderStop = (
  work: Work,
  draft: Draft,
  { replica, owner, because }: OrderedStop,
  reason?: string,
): void => {
  const record = recordOf(draft, replica)
  const order = bookReplica(work.orders, replica)
  setStopOrderAt(work.bookings, rowOf(replica), order)
  noteReplica(work, owner, replica, record.class, record.node, 'leaving', reason)
  const node = nodeName(draft, record.node)
  work.effects.push({ _tag: 'Stop', order, replica, node, owner, because })
}
