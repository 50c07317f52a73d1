/**
 * Tests the comparison of texts as 64-bit integers, versions and instants. Each is compared with a
 * twin (a slow reference implementation).
 */
import fc from 'fast-check'
import { isRefuted } from '@stowage/testing'
import {
  anyInstant,
  anyInteger,
  anyValue,
  anyVersion,
} from '../../../testing/src/arbitrary/text.js'
import { orderTwin } from '../../../testing/src/twin/order.js'
import { describe, expect, it } from 'vitest'
import { compareAs } from './compare-as.js'

const isRead = (as: Parameters<typeof compareAs>[0], text: string): boolean =>
  compareAs(as)(text, text) === 0

const range = 1n << 63n
const nearTheEnds = fc.oneof(
  fc.bigInt({ min: -range - 5n, max: -range + 5n }),
  fc.bigInt({ min: range - 5n, max: range + 5n }),
  fc.bigInt({ min: -10n, max: 10n }),
  fc.bigInt(),
)
const readsBack = (read: typeof isRead) =>
  fc.property(nearTheEnds, fc.constantFrom('', '+', '0', '+00'), (value, front) => {
    const text = value < 0n ? `${value}` : `${front}${value}`
    return read('int64', text) === (BigInt.asIntN(64, value) === value)
  })

describe('int64', () => {
  it('reads what 64 bits hold, and nothing more', () => fc.assert(readsBack(isRead)))

  it('is refuted when the sign of the least is not thought of', () => {
    const symmetric: typeof isRead = (as, text) => text !== `${-range}` && isRead(as, text)
    expect(isRefuted(readsBack(symmetric))).toBe(true)
  })
})

const twoDigits = (most: number) => fc.nat(most).map((number) => String(number).padStart(2, '0'))
const anyOffset = fc.oneof(
  fc.constantFrom('', 'Z', '-00:00', '+2:00', '+02', 'z'),
  fc
    .tuple(fc.constantFrom('+', '-'), twoDigits(25), twoDigits(61))
    .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
)
const anyFraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.[05]{0,10}$/))
const anyTime = fc
  .tuple(twoDigits(25), twoDigits(61), twoDigits(61), anyFraction, anyOffset)
  .map(([hour, minute, second, ...more]) => `T${hour}:${minute}:${second}${more.join('')}`)
const anyWrittenInstant = fc
  .tuple(
    fc.constantFrom('0000', '0001', '1900', '2000', '2024', '2026', '9999'),
    twoDigits(14),
    twoDigits(33),
    fc.option(anyTime, { nil: '' }),
  )
  .map(([year, month, day, time]) => `${year}-${month}-${day}${time}`)
const anyWrittenVersion = fc
  .array(fc.constantFrom('0', '1', '9', '10', '01', '', 'x', '9'.repeat(30)), { maxLength: 4 })
  .map((parts) => parts.join('.'))

const anyOfOrder = {
  int64: anyInteger,
  version: fc.oneof(anyVersion, anyWrittenVersion),
  instant: fc.oneof(anyInstant, anyWrittenInstant),
}
const twinAgrees = (
  as: Parameters<typeof compareAs>[0],
  compares: typeof compareAs = compareAs,
) => {
  const anyText = fc.oneof(
    { weight: 7, arbitrary: anyOfOrder[as] },
    { weight: 1, arbitrary: anyValue },
  )
  return fc.property(anyText, anyText, (a, b) => compares(as)(a, b) === orderTwin(as, a, b))
}

describe.each(['int64', 'version', 'instant'] as const)('%s', (as) => {
  it('is read as its twin reads it', () => fc.assert(twinAgrees(as), { numRuns: 3_000 }))

  it('is refuted when texts are compared as texts', () => {
    const textual: typeof compareAs = () => (a, b) => (a < b ? -1 : a > b ? 1 : 0)
    expect(isRefuted(twinAgrees(as, textual))).toBe(true)
  })
})

describe('version', () => {
  it.each([
    ['1.9.0', '1.10.0', -1],
    ['1.93', '1.93.0', 0],
    ['2', '1.99.99', 1],
    ['01.2', '1.02', 0],
    ['99999999999999999999.1', '99999999999999999999.2', -1],
  ])('%s against %s is %d', (a, b, order) => {
    expect(compareAs('version')(a, b)).toBe(order)
  })

  it.each(['', 'v1.2', '1.', '.1', '1..2', '1.2-rc1', '1 .2', '1'.repeat(257)])(
    'does not read %j',
    (text) => expect(isRead('version', text)).toBe(false),
  )

  it('is read up to 256 characters', () => expect(isRead('version', '1'.repeat(256))).toBe(true))
})

/** The host's own reading: not to be had in the kernel, but here. */
const hostAgrees = (compares: typeof compareAs) => {
  const instant = fc.record({
    at: fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9998-12-30T00:00:00Z'),
      noInvalidDate: true,
    }),
    shape: fc.constantFrom('day', 'Z', 'no zone', 'offset'),
  })
  const textOf = ({ at, shape }: { at: Date; shape: string }): string => {
    const text = at.toISOString()
    return (
      { day: text.slice(0, 10), Z: text, offset: text.replace('Z', '-11:45') }[shape] ??
      text.slice(0, -1)
    )
  }
  const ofHost = (text: string): number =>
    Date.parse(/Z$|T.*[+-]|^[^T]*$/.test(text) ? text : `${text}Z`)
  return fc.property(instant, instant, (one, other) => {
    const [a, b] = [textOf(one), textOf(other)]
    return compares('instant')(a, b) === Math.sign(ofHost(a) - ofHost(b))
  })
}

describe('instant', () => {
  it('stands in time where the host says', () => fc.assert(hostAgrees(compareAs)))

  it('is refuted when an offset is added instead of taken away', () => {
    const eastward: typeof compareAs = (as) => (a, b) =>
      compareAs(as)(a.replace('-11:45', '+11:45'), b.replace('-11:45', '+11:45'))
    expect(isRefuted(hostAgrees(eastward))).toBe(true)
  })

  it.each([
    ['2026-11-23T00:00:00.000000001Z', '2026-11-23', 1],
    ['2026-11-23T00:00:00.5Z', '2026-11-23T00:00:00.500Z', 0],
    ['2026-11-23T00:00:00.5Z', '2026-11-23T00:00:00.05Z', 1],
    ['2026-11-23T01:00:00+02:00', '2026-11-22T23:00:00Z', 0],
    ['2024-02-29', '2024-03-01', -1],
    ['2000-02-29T23:59:59', '2000-03-01', -1],
  ])('%s against %s is %d', (a, b, order) => {
    expect(compareAs('instant')(a, b)).toBe(order)
  })

  it('has each year begin where the one before ends', () => {
    const names = Array.from({ length: 10_000 }, (_, year) => String(year).padStart(4, '0'))
    const seams = names.slice(1).map((year, i) => {
      const [end, start] = [`${names[i]!}-12-31T23:59:59.9-00:00`, `${year}-01-01T00:59:59.9+01:00`]
      return compareAs('instant')(end, start)
    })
    expect(new Set(seams)).toEqual(new Set([0]))
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-01',
    '2026-13-01',
    '2026-01-00',
    '2026-01-32',
    '2026-01-01T24:00:00',
    '2026-01-01T00:60:00',
    '2026-01-01T00:00:60',
    '2026-01-01T00:00',
    '2026-01-01Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+00:60',
    '2026-01-01T00:00:00.',
    '2026-01-01T00:00:00.1234567890',
    '26-01-01',
    ' 2026-01-01',
  ])('does not read %j', (text) => expect(isRead('instant', text)).toBe(false))
})
