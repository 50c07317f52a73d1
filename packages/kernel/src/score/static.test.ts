/**
 * Property: the *static* score equals that of its twin (a slow reference implementation). The test
 * also checks that planted bugs are detected.
 */
import { rawScoreAgrees, isRefuted } from '@stowage/testing'
import { anyStatic } from '../../../testing/src/arbitrary/score.js'
import type { StaticRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('is the sum of the cases that hold', () =>
  fc.assert(rawScoreAgrees(anyStatic), { numRuns: 300 }))

it.each<[string, (raw: StaticRecipe) => StaticRecipe]>([
  ['marks are not looked at', (raw) => ({ ...raw, marks: [] })],
  ['only the first case counts', (raw) => ({ ...raw, cases: raw.cases.slice(0, 1) })],
  [
    'cases of marks are asked of the node',
    ({ cases, marks }) => ({ _tag: 'Static', cases: [...cases, ...marks], marks: [] }),
  ],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(rawScoreAgrees(anyStatic, misread))).toBe(true)
})
