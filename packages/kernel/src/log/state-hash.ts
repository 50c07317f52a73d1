/**
 * Computes the hash of an orchestrator's state: equal states have equal hashes on every runtime.
 * The hash detects that two runs differ; it does not protect against forgery.
 */
import { checksumOf } from '../encode/checksum.js'
import { encode } from '../encode/encode.js'
import { bytesOf, newSink, putByte, putText } from '../encode/sink.js'
import { byCodeUnit } from '../rule/text-order.js'
import { bookingEntries } from '../time/bookings.js'
import { openOrders } from '../time/order-table.js'
import type { ControllerData } from '../time/decision.js'
import type { StepState } from '../time/state.js'

/** Eight hexadecimal digits, of everything that later answers depend on. */
export const stateHash = (controllers: readonly ControllerData[], state: StepState): string => {
  const sink = newSink()
  for (const byte of encode(state.cluster)) putByte(sink, byte)
  putText(sink, JSON.stringify(dataOf(controllers, state)))
  const bytes = bytesOf(sink)
  return checksumOf(bytes, bytes.length).toString(16).padStart(8, '0')
}

/** Everything beside the cluster, in an order that only depends on the content. */
const dataOf = (controllers: readonly ControllerData[], state: StepState): unknown => [
  state.now,
  controllers.map(({ name, start, toData }) => [
    name,
    toData((state.memories.has(name) ? state.memories.get(name) : start) as never),
    state.wakes.get(name) ?? null,
  ]),
  bookingEntries(state.bookings),
  openOrders(state.orders),
  [...state.orders.ofPools],
  state.orders.next,
  state.pending,
  state.isTried,
  state.unseen,
  [...state.books].map(([, { idle, ...book }]) => [book, sortedEntries(idle)]),
  sortedEntries(state.nodePools),
  sortedEntries(state.shares),
  // Logs hold the hash, so that what was added later is left out while it holds nothing.
  ...(state.orders.asks.size === 0 ? [] : [[...state.orders.asks]]),
]

const sortedEntries = <Value>(map: ReadonlyMap<string, Value>): readonly [string, Value][] =>
  [...map].sort(([a], [b]) => byCodeUnit(a, b))
