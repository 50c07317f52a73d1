/**
 * Issues the order (a command to the caller) to start a replica on the node where it was placed.
 * Also records the replica's owner, the object that it is started for, such as a ReplicaSet.
 */
import type { Draft } from '../cluster/draft.js'
import { rowOf } from '../cluster/generation.js'
import { nodeName } from '../cluster/read.js'
import type { Placement } from '../rule/answer.js'
import type { ClassId, ReplicaId } from '../rule/id.js'
import { bookStart, type ReplicaOwner } from '../time/bookings.js'
import type { StepEffect } from '../time/event.js'
import { bookReplica } from '../time/order-table.js'
import { plainConstructor } from '../time/plain-object.js'
import type { PendingReplicas } from '../time/state.js'
import { countShare, noteReplica, type Work } from '../time/work.js'

/** Books the order; on a node of a vending pool it is that pool's. */
export const startReplica = (
  work: Work,
  draft: Draft,
  { owner, class: classId }: PendingReplicas,
  { replica, node: nodeId }: Placement,
  pool?: string,
): void => {
  const row = rowOf(replica)
  const order = bookReplica(work.orders, replica)
  bookStart(work.bookings, row, owner, order)
  if (owner.share !== undefined) countShare(work, owner, owner.share, 1)
  noteReplica(work, owner, replica, classId, nodeId, 'assumed')
  const node = nodeName(draft, nodeId)
  const effect: StepEffect =
    pool === undefined
      ? new PlaceOrder(order, replica, node, owner, classId)
      : { _tag: 'Vend', order, replica, node, owner, class: classId, pool }
  work.effects.push(effect)
}

type PlaceEffect = Extract<StepEffect, { readonly _tag: 'Place' }>

const PlaceOrder = plainConstructor<
  [number, ReplicaId, string, ReplicaOwner, ClassId],
  PlaceEffect
>(function (order, replica, node, owner, classId) {
  this._tag = 'Place'
  this.order = order
  this.replica = replica
  this.node = node
  this.owner = owner
  this.class = classId
})
