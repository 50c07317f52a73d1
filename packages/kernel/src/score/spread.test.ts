/** Property: the raw score Spread equals its twin; misread rules refute it. */
import { rawScoreAgrees, refuted } from '@stowage/testing'
import { anySpread } from '../../../testing/src/arbitrary/score.js'
import type { SpreadRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Term = SpreadRecipe['terms'][number]
const termwise =
  (change: (term: Term) => Term) =>
  (spread: SpreadRecipe): SpreadRecipe => ({ ...spread, terms: spread.terms.map(change) })

const counting = (change: Partial<Term[0]>) =>
  termwise(([tally, skew]) => [{ ...tally, ...change }, skew])

it('weighs a count by how many domains there are', () =>
  fc.assert(rawScoreAgrees(anySpread), { numRuns: 500 }))

it.each<[string, (spread: SpreadRecipe) => SpreadRecipe]>([
  ['no domain may be ahead', termwise(([tally]) => [tally, 1])],
  ['the last term is skipped', (spread) => ({ ...spread, terms: spread.terms.slice(0, -1) })],
  ['counts weigh as in one domain', counting({ domain: 'cluster' })],
  ['each node is a domain', counting({ domain: 'node' })],
  ['nodes without the key are one', counting({ absent: 'shared' })],
  ['each node without the key is one', counting({ absent: 'own' })],
  ['nodes without the key are skipped', counting({ absent: 'skip' })],
  ['nodes without the key are ignored', counting({ absent: 'refuse' })],
  ['every node is counted', counting({ eligible: { _tag: 'All', of: [] } })],
])('is refuted when %s', (_, misread) => {
  expect(refuted(rawScoreAgrees(anySpread, misread))).toBe(true)
})
