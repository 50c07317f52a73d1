/** Tests the range of amounts and the units of CPU. */
import { expect, it } from 'vitest'
import { amountMax, isAmount, ticksPerVcpu } from './dimension.js'

it.each([0, 1, amountMax])('takes %d', (amount) => {
  expect(isAmount(amount)).toBe(true)
})

it.each([-1, 0.5, NaN, Infinity, amountMax + 1])('refuses %d', (amount) => {
  expect(isAmount(amount)).toBe(false)
})

it('keeps a percentage of the largest amount exact, and of no larger one', () => {
  expect(amountMax * 100).toBeLessThan(Number.MAX_SAFE_INTEGER)
  expect((amountMax + 1) * 100).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
})

it('counts a thousandth and a 1024th of a vCPU in whole ticks', () => {
  expect([ticksPerVcpu / 1000, ticksPerVcpu / 1024]).toEqual([128, 125])
})
