/**
 * Stores the owner of each replica, and the unconfirmed orders (commands to the caller) to start or
 * to stop the replica. Rows are in chunks of 1,024 that several states share copy-on-write.
 */
import type { Owner } from './event.js'

/** The owner of replicas, one object for all that were started together. */
export interface ReplicaOwner extends Owner {
  /** The pool whose share they are part of. */
  readonly share?: string
}

/** So many rows: the owners, and two numbers of orders for each, 0 for none. */
interface BookingChunk {
  readonly owners: (ReplicaOwner | undefined)[]
  readonly orders: Float64Array
}

/** The chunks and, for each, whether no other state shares it. */
export interface Bookings {
  readonly chunks: BookingChunk[]
  readonly owns: boolean[]
}

const bookingBits = 10
const chunkRows = 1 << bookingBits
const inChunk = chunkRows - 1

/** No bookings. */
export const noBookings = (): Bookings => ({ chunks: [], owns: [] })

/** A copy to write to; from now on both share all chunks. */
export const shareBookings = ({ chunks, owns }: Bookings): Bookings => {
  owns.fill(false)
  return { chunks: chunks.slice(), owns: owns.slice() }
}

/** The owner of the replica in a row. */
export const ownerAt = ({ chunks }: Bookings, row: number): ReplicaOwner | undefined =>
  chunks[row >> bookingBits]?.owners[row & inChunk]

/** The order that starts the replica in a row, or 0. */
export const startOrderAt = ({ chunks }: Bookings, row: number): number =>
  chunks[row >> bookingBits]?.orders[2 * (row & inChunk)] ?? 0

/** The order that ends the replica in a row, or 0. */
export const stopOrderAt = ({ chunks }: Bookings, row: number): number =>
  chunks[row >> bookingBits]?.orders[2 * (row & inChunk) + 1] ?? 0

/** Sets the owner of a row and keeps its orders. */
export const setOwnerAt = (
  bookings: Bookings,
  row: number,
  owner: ReplicaOwner | undefined,
): void => {
  writableChunk(bookings, row).owners[row & inChunk] = owner
}

/** Books a replica that was placed in a row: its owner, and the order that starts it. */
export const bookStart = (
  bookings: Bookings,
  row: number,
  owner: ReplicaOwner,
  order: number,
): void => {
  const { owners, orders } = writableChunk(bookings, row)
  owners[row & inChunk] = owner
  orders[2 * (row & inChunk)] = order
}

/** Takes out the order that starts the replica in a row, or 0. */
export const takeStartOrder = (bookings: Bookings, row: number): number => {
  const order = startOrderAt(bookings, row)
  if (order !== 0) writableChunk(bookings, row).orders[2 * (row & inChunk)] = 0
  return order
}

/** Takes out the order that ends the replica in a row, or 0. */
export const takeStopOrder = (bookings: Bookings, row: number): number => {
  const order = stopOrderAt(bookings, row)
  if (order !== 0) setStopOrderAt(bookings, row, 0)
  return order
}

/** Sets the order that ends the replica in a row. */
export const setStopOrderAt = (bookings: Bookings, row: number, order: number): void => {
  writableChunk(bookings, row).orders[2 * (row & inChunk) + 1] = order
}

/** The rows with an owner, in order: the row, the owner, the orders that start and that end it. */
export const bookingEntries = ({
  chunks,
}: Bookings): readonly (readonly [number, ReplicaOwner, number, number])[] =>
  chunks.flatMap(({ owners, orders }, number) =>
    owners.flatMap((owner, i) =>
      owner === undefined
        ? []
        : [[number * chunkRows + i, owner, orders[2 * i]!, orders[2 * i + 1]!] as const],
    ),
  )

const writableChunk = ({ chunks, owns }: Bookings, row: number): BookingChunk => {
  const number = row >> bookingBits
  while (chunks.length <= number) {
    chunks.push(newChunk())
    owns.push(true)
  }
  if (!owns[number]!) {
    const { owners, orders } = chunks[number]!
    chunks[number] = { owners: owners.slice(), orders: orders.slice() }
    owns[number] = true
  }
  return chunks[number]!
}

const newChunk = (): BookingChunk => ({
  owners: Array.from({ length: chunkRows }, () => undefined),
  orders: new Float64Array(2 * chunkRows),
})
