/** Property: the fit filter equals its twin; misread rules refute it. */
import { filterAgrees, refuted } from '@stowage/testing'
import { anyFit } from '../../../testing/src/arbitrary/filter.js'
import type { FitRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Part = FitRecipe['parts'][number]
const partwise =
  (change: (part: Part) => Part) =>
  (fit: FitRecipe): FitRecipe => ({ ...fit, parts: fit.parts.map(change) })

it('refuses exactly what does not fit', () => fc.assert(filterAgrees(anyFit), { numRuns: 300 }))

it.each<[string, (fit: FitRecipe) => FitRecipe]>([
  ['the last dimension is skipped', (fit) => ({ ...fit, parts: fit.parts.slice(0, -1) })],
  ['what is free must exceed', partwise((part) => ({ ...part, amount: part.amount + 1 }))],
  ['what is free may fall short by one', partwise(askingOneLess)],
  ['a slot is as hopeless as the rest', partwise((part) => ({ ...part, slot: false }))],
  ['removing always helps', (fit) => partwise((part) => ({ ...part, slot: true }))(fit)],
  ['reasons come last first', (fit) => ({ ...fit, parts: [...fit.parts].reverse() })],
])('is refuted when %s', (_, misread) => {
  expect(refuted(filterAgrees(anyFit, misread))).toBe(true)
})

function askingOneLess(part: Part): Part {
  return { ...part, amount: Math.max(part.amount - 1, 0) }
}
