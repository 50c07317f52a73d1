/** Instants are plain numbers of milliseconds, whatever they were made from. */
import { expect, it } from 'vitest'
import { instant, instantOfSeconds, later } from './instant.js'

it('counts milliseconds since 1970', () => {
  expect(instant(1_500)).toBe(1_500)
  expect(instantOfSeconds(1.5)).toBe(1_500)
  expect(later(instant(1_500), 250)).toBe(1_750)
})

it('is whole where seconds have more digits than a millisecond', () => {
  expect(instantOfSeconds(1_700_000_000.123_4)).toBe(1_700_000_000_123)
})
