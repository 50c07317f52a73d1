/**
 * Reads from an orchestrator's state the owner of a replica, and the open orders (commands to the
 * caller, neither confirmed nor failed).
 */
import { rowOf } from '../cluster/generation.js'
import type { ReplicaId } from '../rule/id.js'
import { ownerAt, startOrderAt, stopOrderAt } from './bookings.js'
import type { Owner } from './event.js'
import { openOrders } from './order-table.js'
import type { StepState } from './state.js'

/** What is booked of a replica: its owner, and the open orders that start and that end it. */
export interface ReplicaBooking {
  readonly owner: Owner
  readonly startOrder?: number
  readonly stopOrder?: number
}

/** The booking of a replica that is there; `undefined` when no controller owns it. */
export const bookingOf = (
  { bookings }: StepState,
  replica: ReplicaId,
): ReplicaBooking | undefined => {
  const row = rowOf(replica)
  const [owner, start, stop] = [
    ownerAt(bookings, row),
    startOrderAt(bookings, row),
    stopOrderAt(bookings, row),
  ]
  return owner === undefined
    ? undefined
    : {
        owner,
        ...(start === 0 ? {} : { startOrder: start }),
        ...(stop === 0 ? {} : { stopOrder: stop }),
      }
}

/**
 * An order that is neither confirmed nor failed: about a replica, about a node of a pool, or a
 * request that needs an answer.
 */
export type OpenOrder = { readonly order: number } & (
  | { readonly replica: ReplicaId }
  | { readonly pool: string }
  | { readonly controller: string; readonly request: unknown }
)

/** The open orders, by rising numbers. */
export const openOrdersOf = ({ orders }: StepState): readonly OpenOrder[] =>
  [
    ...openOrders(orders).map(([order, replica]) => ({ order, replica })),
    ...[...orders.ofPools].map(([order, { pool }]) => ({ order, pool })),
    ...[...orders.asks].map(([order, { controller, request }]) => ({ order, controller, request })),
  ].sort((a, b) => a.order - b.order)
