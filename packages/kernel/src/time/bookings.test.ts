/**
 * Tests that the table of owners and orders behaves like a map from rows, in every one of several
 * versions that share chunks copy-on-write.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  bookStart,
  bookingEntries,
  noBookings,
  ownerAt,
  setOwnerAt,
  setStopOrderAt,
  shareBookings,
  startOrderAt,
  stopOrderAt,
  takeStartOrder,
  takeStopOrder,
  type Bookings,
  type ReplicaOwner,
} from './bookings.js'

/** Rows at both sides of the borders of chunks, and far away. */
const samples = [0, 1, 7, 1022, 1023, 1024, 1025, 2047, 2048, 5000]
type Write = readonly [kind: 'owner' | 'start' | 'stop', row: number, value: number]
const anyWrite: fc.Arbitrary<Write> = fc.tuple(
  fc.constantFrom('owner' as const, 'start' as const, 'stop' as const),
  fc.constantFrom(...samples),
  fc.nat(3),
)
/** Each version is made of any of those before it, which stay. */
const anyHistory = fc.array(
  fc.record({ from: fc.nat(), writes: fc.array(anyWrite, { maxLength: 4 }) }),
  { maxLength: 20 },
)
const ownerNamed = (value: number): ReplicaOwner => ({ controller: 'x', name: String(value) })

const write = (bookings: Bookings, [kind, row, value]: Write): void => {
  if (kind === 'owner') setOwnerAt(bookings, row, value === 0 ? undefined : ownerNamed(value))
  const [start, stop] = [startOrderAt(bookings, row), stopOrderAt(bookings, row)]
  if (kind === 'start' && value > 0) bookStart(bookings, row, ownerNamed(value), value)
  if (kind === 'start' && value === 0) expect(takeStartOrder(bookings, row)).toBe(start)
  if (kind === 'stop' && value > 0) setStopOrderAt(bookings, row, value)
  if (kind === 'stop' && value === 0) expect(takeStopOrder(bookings, row)).toBe(stop)
}

type Twin = ReadonlyMap<number, readonly [owner: string | undefined, start: number, stop: number]>
const writeTwin = (twin: Twin, [kind, row, value]: Write): Twin => {
  const [owner, start, stop] = twin.get(row) ?? [undefined, 0, 0]
  const next = {
    owner: [value === 0 ? undefined : String(value), start, stop],
    start: [value === 0 ? owner : String(value), value, stop],
    stop: [owner, start, value],
  } as const
  return new Map([...twin, [row, next[kind]]])
}

const agrees = (share: typeof shareBookings) =>
  fc.property(anyHistory, (history) => {
    const [versions, twins] = [[noBookings()], [new Map() as Twin]]
    for (const { from, writes } of history) {
      const next = share(versions[from % versions.length]!)
      for (const one of writes) write(next, one)
      twins.push(writes.reduce(writeTwin, twins[from % twins.length]!))
      versions.push(next)
    }
    for (const [i, version] of versions.entries()) {
      const twin = twins[i]!
      expect(
        samples.map((row) => [
          ownerAt(version, row)?.name,
          startOrderAt(version, row),
          stopOrderAt(version, row),
        ]),
      ).toEqual(samples.map((row) => twin.get(row) ?? [undefined, 0, 0]))
      const owned = [...twin].filter(([, [owner]]) => owner !== undefined)
      expect(
        bookingEntries(version).map(([row, { name }, start, stop]) => [row, [name, start, stop]]),
      ).toEqual(owned.sort(([a], [b]) => a - b))
    }
  })

it('are a map, whatever the history of their versions', () => {
  fc.assert(agrees(shareBookings), { numRuns: 500 })
})
it('are refuted when versions share what is written', () => {
  expect(isRefuted(agrees((bookings) => bookings))).toBe(true)
})
it('are refuted when a version believes that a shared chunk is its own', () => {
  const greedy: typeof shareBookings = ({ chunks, owns }) => ({
    chunks: chunks.slice(),
    owns: owns.slice(),
  })
  expect(isRefuted(agrees(greedy))).toBe(true)
})
