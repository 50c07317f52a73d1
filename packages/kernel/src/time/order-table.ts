/**
 * Stores the open orders by number. An order is a command to the caller about a replica or a pool,
 * or a request of a controller; it is open until the caller reports success or failure. States
 * share chunks of 1,024 orders, and copy a chunk before they change it.
 */
import type { ReplicaId } from '../rule/id.js'

/** An order about a node of a pool. */
export interface PoolOrder {
  readonly _tag: 'Buy' | 'Release'
  readonly pool: string
}

/** A request of a controller that needs an answer. */
export interface AskOrder {
  readonly controller: string
  readonly request: unknown
}

/**
 * The chunks by number divided by 1,024, each with the ids of replicas, -1 where an order is about
 * none or is settled. `open` counts the orders that are not. Numbers rise; a chunk in which every
 * order is settled is dropped.
 */
export interface OrderTable {
  readonly chunks: Map<number, OrderChunk>
  /** The orders about nodes, which are few. */
  readonly ofPools: Map<number, PoolOrder>
  readonly asks: Map<number, AskOrder>
  next: number
}

interface OrderChunk {
  readonly replicas: Float64Array
  open: number
  isOwn: boolean
}

const chunkSize = 1024
const noReplica = -1

/** No orders; the first one gets the number 1. */
export const noOrders = (): OrderTable => ({
  chunks: new Map(),
  ofPools: new Map(),
  asks: new Map(),
  next: 1,
})

/** A copy to write to; from now on both share all chunks. */
export const shareOrders = ({ chunks, ofPools, asks, next }: OrderTable): OrderTable => {
  for (const chunk of chunks.values()) chunk.isOwn = false
  return { chunks: new Map(chunks), ofPools: new Map(ofPools), asks: new Map(asks), next }
}

/** Gives the next number to an order that needs no booking. */
export const nextOrder = (table: OrderTable): number => table.next++

/** Books an order about a replica. */
export const bookReplica = (table: OrderTable, replica: ReplicaId): number => {
  const order = table.next++
  const number = Math.floor(order / chunkSize)
  const chunk = writableOrders(table, number, table.chunks.get(number))
  chunk.replicas[order % chunkSize] = replica
  chunk.open++
  return order
}

/** Books an order about a node of a pool. */
export const bookNode = (table: OrderTable, subject: PoolOrder): number => {
  const order = table.next++
  table.ofPools.set(order, subject)
  return order
}

/** Books a request that needs an answer. */
export const bookAsk = (table: OrderTable, ask: AskOrder): number => {
  const order = table.next++
  table.asks.set(order, ask)
  return order
}

/** The replica that an open order is about. */
export const replicaOfOrder = ({ chunks }: OrderTable, order: number): ReplicaId | undefined => {
  const replica =
    chunks.get(Math.floor(order / chunkSize))?.replicas[order % chunkSize] ?? noReplica
  return replica === noReplica ? undefined : (replica as ReplicaId)
}

/** Settles an order: it is confirmed, has failed, or is about what is gone. 0 is none. */
export const settle = (table: OrderTable, order: number): void => {
  if (order === 0) return
  const number = Math.floor(order / chunkSize)
  const place = order - number * chunkSize
  const shared = table.chunks.get(number)
  if (shared === undefined || shared.replicas[place] === noReplica) {
    table.ofPools.delete(order)
    table.asks.delete(order)
    return
  }
  const chunk = writableOrders(table, number, shared)
  chunk.replicas[place] = noReplica
  chunk.open--
  if (chunk.open === 0 && number < Math.floor(table.next / chunkSize)) table.chunks.delete(number)
}

/** The open orders about replicas, by rising numbers. */
export const openOrders = ({ chunks }: OrderTable): readonly (readonly [number, ReplicaId])[] =>
  [...chunks]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, { replicas }]) =>
      Array.from(replicas, (id, i) => [number * chunkSize + i, id as ReplicaId] as const).filter(
        ([, id]) => id !== noReplica,
      ),
    )

/** The chunk of a number to write to: its own, a copy of the shared one, or a new one. */
const writableOrders = (
  { chunks }: OrderTable,
  number: number,
  chunk: OrderChunk | undefined,
): OrderChunk => {
  if (chunk?.isOwn === true) return chunk
  const own =
    chunk === undefined
      ? { replicas: new Float64Array(chunkSize).fill(noReplica), open: 0, isOwn: true }
      : { replicas: chunk.replicas.slice(), open: chunk.open, isOwn: true }
  chunks.set(number, own)
  return own
}
