/** Tests instants: whole milliseconds since 1970, also when made from fractions of seconds. */
import { expect, it } from 'vitest'
import { instant, instantOfSeconds, isInstant, later } from './instant.js'

it('counts milliseconds since 1970', () => {
  expect(instant(1_500)).toBe(1_500)
  expect(instantOfSeconds(1.5)).toBe(1_500)
  expect(later(instant(1_500), 250)).toBe(1_750)
})

it('is whole where seconds have more digits than a millisecond', () => {
  expect(instantOfSeconds(1_700_000_000.123_4)).toBe(1_700_000_000_123)
})

it('is told from any other number, and from what is none', () => {
  const [largest, lowest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  expect([0, -1, largest, lowest].filter(isInstant)).toHaveLength(4)
  expect([NaN, 0.5, Infinity, largest + 1, '1', undefined].filter(isInstant)).toEqual([])
})
