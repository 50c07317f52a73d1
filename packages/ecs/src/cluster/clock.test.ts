/**
 * Tests the time of a call: it is in whole milliseconds, in the years 1970 to 9999, and never
 * before the time of the last call.
 */
import { instant } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { checkInstant } from './clock.js'

const state = { at: instant(5000) }

describe('the moment of a call', () => {
  it.each([5000, 5001, 253_402_300_799_999])('may be %d', (at) => {
    expect(checkInstant(state, instant(at))).toEqual([])
  })
  it.each([4999, 0])('may not go back to %d', (at) => {
    expect(checkInstant(state, instant(at))).toEqual([
      { at: ['at'], found: String(at), expected: 'no earlier than the last call, at 5000' },
    ])
  })
  it.each([-1, 5000.5, NaN, Infinity, 253_402_300_800_000])('may not be %d', (at) => {
    const expected = 'whole milliseconds since 1970, up to the year 9999'
    expect(checkInstant(state, instant(at))).toEqual([{ at: ['at'], found: String(at), expected }])
  })
})
