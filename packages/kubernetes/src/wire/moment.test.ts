/**
 * Tests which timestamps of the API are decoded, such as `2026-01-31T08:00:00+05:30`, and which
 * texts are errors.
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Moment } from './moment.js'

const millisecondsOf = (text: unknown): number | undefined => {
  const read = decodeValue(Moment, text)
  return E.isRight(read) ? read.right : undefined
}

it('reads every moment of the years 1 to 9999 as the language does', () => {
  const anyDate = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(anyDate, (date) => {
      expect(millisecondsOf(date.toISOString())).toBe(date.getTime())
    }),
  )
})

it.each([
  ['2026-01-31T08:00:00Z', 1_769_846_400_000],
  ['2026-01-31T08:00:00+05:30', 1_769_826_600_000],
  ['2026-01-31T08:00:00-01:00', 1_769_850_000_000],
  ['2026-01-31T08:00:00.123456Z', 1_769_846_400_123],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-01-31T24:00:00Z', undefined],
  ['2026-01-31', undefined],
  ['soon', undefined],
  [7, undefined],
])('reads %s as %s', (text, milliseconds) => {
  expect(millisecondsOf(text)).toBe(milliseconds)
})
