import { anyGiven, rawAgrees, refuted, type RawRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('is what the column was given, and 0 where nothing was', () =>
  fc.assert(rawAgrees(anyGiven), { numRuns: 300 }))

it.each<[string, () => RawRecipe]>([
  ['it is always 0', () => ({ _tag: 'Column', column: 'another' })],
  ['any column will do', () => ({ _tag: 'Column', column: 'images' })],
])('is refuted when %s', (_, misread) => {
  expect(refuted(rawAgrees(anyGiven, misread))).toBe(true)
})
