/**
 * Tests `refuted`, which searches for a case in which a property fails: it draws the same cases
 * each time, and finds a case that fails.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from './refuted.js'

/** The numbers that a property was asked about, of which none makes it fail. */
const numbersTried = (
  ...refuting: readonly [] | readonly [{ readonly seed: number }]
): readonly number[] => {
  const numbers: number[] = []
  const holds = fc.property(fc.nat(), (number) => void numbers.push(number))
  expect(isRefuted(holds, { runsMax: 20, ...refuting[0] })).toBe(false)
  return numbers
}

it('draws the same cases each time, and others by another seed', () => {
  expect(numbersTried()).toEqual(numbersTried())
  expect(numbersTried({ seed: 2 })).toEqual(numbersTried({ seed: 2 }))
  expect(numbersTried({ seed: 2 })).not.toEqual(numbersTried())
})

it('says yes where one case fails', () => {
  expect(isRefuted(fc.property(fc.nat(9), (number) => number !== 7))).toBe(true)
})

it('gives up after the runs that it was allowed', () => {
  let runs = 0
  const counted = fc.property(fc.nat(), () => {
    runs++
  })
  expect(isRefuted(counted, { runsMax: 12 })).toBe(false)
  expect(runs).toBe(12)
})
