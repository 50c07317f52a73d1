/** Tests of state hashes: equal for equal states, different for each part that differs. */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch } from '../cluster/batch.js'
import { internWord } from '../cluster/intern.js'
import { instant } from '../rule/instant.js'
import { noBookings, setOwnerAt, shareBookings } from '../time/bookings.js'
import { stateHash } from './state-hash.js'
import { startSteps, type StepState } from '../time/state.js'
import { anyDrafts, begin, controllers, run, tellAt, validEvents } from '../step/step.fixture.js'

const hashOf = (state: StepState): string => stateHash(controllers, state)
const { state } = run([
  ...begin,
  tellAt(10, 'web', { start: 6, of: 'small' }),
  tellAt(10, 'x', { wakeAt: 20 }),
])

it('is the same on every runtime', () => {
  expect(hashOf(startSteps())).toBe('aecd7f3e')
  expect(hashOf(state)).toBe('a77d4a72')
})
const [cluster] = batch(state.cluster, (draft) => {
  internWord(draft, 'one more')
})
it.each([
  ['the cluster', { cluster }],
  ['the instant', { now: instant(11) }],
  ['a memory', { memories: new Map() }],
  ['a timer', { wakes: new Map() }],
  ['a booking', { bookings: noBookings() }],
  ['an order', { orders: { ...state.orders, chunks: new Map() } }],
  ['the next order', { orders: { ...state.orders, next: state.orders.next + 1 } }],
  ['what waits', { pending: [] }],
  ['whether it was tried', { isTried: !state.isTried }],
  ['what was not seen', { unseen: { nodes: [], replicas: [] } }],
] as const)('changes with %s', (_, part) => {
  expect(hashOf({ ...state, ...(part as Partial<StepState>) })).not.toBe(hashOf(state))
})
it('does not depend on how the state was reached', () => {
  const bookings = shareBookings(state.bookings)
  setOwnerAt(bookings, 3000, { controller: 'script', name: 'web' })
  setOwnerAt(bookings, 3000, undefined)
  expect(bookings.chunks.length).not.toBe(state.bookings.chunks.length)
  expect(hashOf({ ...state, bookings })).toBe(hashOf(state))
})

/** Two runs of the same events are one state; those of other events are another one. */
const tells = (hash: typeof hashOf) =>
  fc.property(anyDrafts, (drafts) => {
    const instants = validEvents(drafts)
    const first = run(instants.flat()).state
    expect(hash(run(instants.flat()).state)).toBe(hash(first))
    expect(hash(run([tellAt(first.now, 'x', { wakeAt: 99_999 })], first).state)).not.toBe(
      hash(first),
    )
  })
it('tells states apart', () => fc.assert(tells(hashOf), { numRuns: 100 }))
it('is refuted when it does not read what is remembered', () => {
  const forgetful = ({ pending, orders }: StepState): string => JSON.stringify([pending, orders])
  expect(isRefuted(tells(forgetful))).toBe(true)
})
