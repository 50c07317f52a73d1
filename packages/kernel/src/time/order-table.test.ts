/**
 * Tests that the table of open orders behaves like a map from order numbers, in every one of
 * several versions that share chunks copy-on-write.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReplicaId } from '../rule/id.js'
import {
  bookAsk,
  bookNode,
  bookReplica,
  nextOrder,
  noOrders,
  openOrders,
  replicaOfOrder,
  settle,
  shareOrders,
  type OrderTable,
} from './order-table.js'

type Change =
  | { readonly book: number; readonly times: number }
  | { readonly node: string }
  | { readonly ask: boolean }
  | { readonly settle: number; readonly through: number }
/** Some changes are about so many orders that chunks are filled, and settled whole. */
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ book: fc.nat(99), times: fc.constantFrom(1, 2, 1100) }),
  fc.record({ node: fc.constantFrom('a', 'b') }),
  fc.record({ ask: fc.boolean() }),
  fc.record({ settle: fc.nat(2500), through: fc.constantFrom(1, 5, 2500) }),
)
const anyHistory = fc.array(
  fc.record({ from: fc.nat(), changes: fc.array(anyChange, { maxLength: 3 }) }),
  { maxLength: 8 },
)

interface Twin {
  readonly orders: ReadonlyMap<number, number | string>
  readonly next: number
}
const askText = 'a request'
const change = (table: OrderTable, one: Change): void => {
  if ('book' in one)
    for (let i = 0; i < one.times; i++) bookReplica(table, (one.book + i) as ReplicaId)
  else if ('node' in one) bookNode(table, { _tag: 'Buy', pool: one.node })
  else if ('ask' in one) {
    if (one.ask) bookAsk(table, { controller: 'x', request: 'ask' })
    else nextOrder(table)
  } else
    for (let i = 0; i < one.through && one.settle + i < table.next; i++)
      settle(table, one.settle + i)
}
const changeTwin = ({ orders, next }: Twin, one: Change): Twin => {
  if ('book' in one) {
    const added = Array.from({ length: one.times }, (_, i) => [next + i, one.book + i] as const)
    return { orders: new Map([...orders, ...added]), next: next + one.times }
  }
  if ('node' in one) return { orders: new Map([...orders, [next, one.node]]), next: next + 1 }
  if ('ask' in one)
    return { orders: one.ask ? new Map([...orders, [next, askText]]) : orders, next: next + 1 }
  const isSettled = (order: number): boolean =>
    order >= one.settle && order < one.settle + one.through
  return { orders: new Map([...orders].filter(([order]) => !isSettled(order))), next }
}

const agrees = (share: typeof shareOrders, settles: boolean = true) =>
  fc.property(anyHistory, (history) => {
    const [versions, twins] = [[noOrders()], [{ orders: new Map(), next: 1 } as Twin]]
    for (const { from, changes } of history) {
      const table = share(versions[from % versions.length]!)
      for (const one of changes) if (settles || !('settle' in one)) change(table, one)
      twins.push(changes.reduce(changeTwin, twins[from % twins.length]!))
      versions.push(table)
    }
    for (const [i, table] of versions.entries()) {
      const { orders, next } = twins[i]!
      const isText = (value: number | string): value is string => typeof value === 'string'
      const isOfPool = (value: number | string): value is string =>
        isText(value) && value !== askText
      expect(table.next).toBe(next)
      expect(openOrders(table)).toEqual([...orders].filter(([, value]) => !isText(value)))
      expect([...table.asks.keys()]).toEqual(
        [...orders].flatMap(([order, value]) => (value === askText ? [order] : [])),
      )
      expect([...table.ofPools].map(([order, { pool }]) => [order, pool])).toEqual(
        [...orders].filter(([, value]) => isOfPool(value)),
      )
      for (const order of [1, 2, 1023, 1024, 1500, 9999]) {
        const value = orders.get(order)
        expect(replicaOfOrder(table, order)).toBe(isText(value ?? 0) ? undefined : value)
      }
    }
  })

it('are a map, whatever the history of their versions', () => {
  fc.assert(agrees(shareOrders), { numRuns: 100 })
})
it('are refuted when versions share what is written', () => {
  expect(isRefuted(agrees((table) => table))).toBe(true)
})
it('are refuted when a version believes that a shared chunk is its own', () => {
  const greedy: typeof shareOrders = ({ chunks, ...table }) => ({
    ...{ ...table, chunks: new Map(chunks), ofPools: new Map(table.ofPools) },
    asks: new Map(table.asks),
  })
  expect(isRefuted(agrees(greedy))).toBe(true)
})
it('are refuted when settled ones stay', () => {
  expect(isRefuted(agrees(shareOrders, false))).toBe(true)
})
it('drop a chunk in which all are settled', () => {
  const table = noOrders()
  for (let i = 0; i < 3000; i++) settle(table, bookReplica(table, 1 as ReplicaId))
  expect(table.chunks.size).toBe(1)
})
