/** Property: the *column* score of a node is the number that was stored for the node, or 0. */
import { rawScoreAgrees, isRefuted, type RawScoreRecipe } from '@stowage/testing'
import { anyColumnScore } from '../../../testing/src/arbitrary/score.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('is what the column was given, and 0 where nothing was', () =>
  fc.assert(rawScoreAgrees(anyColumnScore), { numRuns: 300 }))

it.each<[string, () => RawScoreRecipe]>([
  ['it is always 0', () => ({ _tag: 'Column', column: 'another' })],
  ['any column will do', () => ({ _tag: 'Column', column: 'images' })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(rawScoreAgrees(anyColumnScore, misread))).toBe(true)
})
