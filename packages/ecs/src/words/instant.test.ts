/** Tests the conversion of timestamps against the runtime's own calendar. */
import { instant, instantOfSeconds, later } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { Timestamp, instantText } from './instant.js'

const anyMilliseconds = fc.oneof(
  fc.integer({ min: 0, max: 253_402_300_799_999 }),
  fc.constantFrom(0, 951_782_400_000, 951_868_800_000, 4_107_542_400_000, 253_402_300_799_999),
)

const agrees = (text: typeof instantText) =>
  fc.property(anyMilliseconds, (ms) => text(instant(ms)) === new Date(ms).toISOString())

it('writes milliseconds as the calendar has them', () => {
  fc.assert(agrees(instantText), { numRuns: 5_000 })
})
it.each<[string, typeof instantText]>([
  ['days begin at noon', (at) => instantText(later(at, 43_200_000))],
  ['milliseconds are cut off', (at) => instantText(instantOfSeconds(Math.floor(at / 1000)))],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})

it.each([
  [1_480_552_019.5, '2016-12-01T00:26:59.500Z'],
  ['2023-01-11T11:46:54.870000-06:00', '2023-01-11T11:46:54.870000-06:00'],
  ['2023-01-11 11:46:54.870000-06:00', '2023-01-11T11:46:54.870000-06:00'],
  ['2023-01-11', '2023-01-11'],
])('%j is read', (value, text) => {
  expect(Timestamp.decode(value)).toMatchObject({ right: text })
})

it.each([-1, NaN, 1e15, '', 'yesterday', '2023-02-30', {}])('%j is not', (value) => {
  expect(isRight(Timestamp.decode(value))).toBe(false)
})
