/** Tests the radix sort against the sort of the language. */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { risingPositions } from './number-order.js'

const anyNumbers = fc.array(fc.oneof(fc.nat(3), fc.nat(5_000), fc.maxSafeNat()), { maxLength: 70 })
const sortsStably = (positionsOf: typeof risingPositions) =>
  fc.property(anyNumbers, (numbers) => {
    const positions = [...numbers.keys()].sort((a, b) => numbers[a]! - numbers[b]!)
    expect([...positionsOf(numbers)]).toEqual(positions)
  })

it('is the stable sort of the language', () => {
  fc.assert(sortsStably(risingPositions), { numRuns: 1000 })
})
it('is refuted when equal numbers change places', () => {
  const unstable: typeof risingPositions = (numbers) => {
    const last = numbers.length - 1
    return risingPositions(Array.from(numbers).reverse()).map((position) => last - position)
  }
  expect(isRefuted(sortsStably(unstable))).toBe(true)
})
it('is refuted when only the low digits are read', () => {
  const short: typeof risingPositions = (numbers) =>
    risingPositions(Array.from(numbers, (number) => number % 2 ** 44))
  expect(isRefuted(sortsStably(short))).toBe(true)
})
