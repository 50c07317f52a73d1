/** Property: the *counts* score is the weighted sum of the replica counts in the node's domains. */
import { rawScoreAgrees, isRefuted } from '@stowage/testing'
import { anyCounts } from '../../../testing/src/arbitrary/score.js'
import type { CountsRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Term = CountsRecipe['terms'][number]

const agrees = (misread: (term: Term) => Term) =>
  rawScoreAgrees(anyCounts, (raw) => ({ ...raw, terms: raw.terms.map(misread) }))

it('is the sum over the domains', () => fc.assert(rawScoreAgrees(anyCounts), { numRuns: 300 }))

it.each<[string, (term: Term) => Term]>([
  ['a node alone is its domain', ([tally, weight]) => [{ ...tally, domain: 'node' }, weight]],
  ['all nodes are one domain', ([tally, weight]) => [{ ...tally, domain: 'cluster' }, weight]],
  ['nodes without the key are one', ([tally, weight]) => [{ ...tally, absent: 'shared' }, weight]],
  ['nodes without the key count', ([tally, weight]) => [{ ...tally, absent: 'own' }, weight]],
  ['nodes without the key do not', ([tally, weight]) => [{ ...tally, absent: 'skip' }, weight]],
  ['they are all ignored', ([tally, weight]) => [{ ...tally, absent: 'refuse' }, weight]],
  ['a weight has no sign', ([tally, weight]) => [tally, Math.abs(weight)]],
  ['nobody matches', ([tally, weight]) => [{ ...tally, facts: { _tag: 'Some', of: [] } }, weight]],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(agrees(misread))).toBe(true)
})
