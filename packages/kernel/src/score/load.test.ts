/**
 * Property: for each curve, the *load* score equals that of its twin (a slow reference
 * implementation).
 */
import { rawScoreAgrees, isRefuted } from '@stowage/testing'
import { anyLoad } from '../../../testing/src/arbitrary/score.js'
import type { LoadRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const otherCurve = {
  least: 'most',
  most: 'least',
  remaining: 'remaining',
  'balance-change': 'balance-change',
} as const
const partwise =
  (change: (part: LoadRecipe['parts'][number]) => LoadRecipe['parts'][number]) =>
  (load: LoadRecipe): LoadRecipe => ({ ...load, parts: load.parts.map(change) })

it('is what the node would hold', () => fc.assert(rawScoreAgrees(anyLoad), { numRuns: 300 }))

it.each<[string, (load: LoadRecipe) => LoadRecipe]>([
  ['least is read as most', (load) => ({ ...load, curve: otherCurve[load.curve] })],
  ['the new replica is forgotten', partwise((part) => ({ ...part, amount: 0 }))],
  ['all parts weigh the same', partwise((part) => ({ ...part, weight: 1 }))],
  ['the last part is skipped', (load) => ({ ...load, parts: load.parts.slice(0, -1) })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(rawScoreAgrees(anyLoad, misread))).toBe(true)
})
