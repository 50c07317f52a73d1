/**
 * Property: the *need* filter gives the same results as its twin (a slow reference implementation).
 * The test also checks that planted bugs are detected.
 */
import { filterAgrees, isRefuted } from '@stowage/testing'
import { anyNeed } from '../../../testing/src/arbitrary/filter.js'
import type { NeedRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('refuses exactly where nobody stands that is needed', () =>
  fc.assert(filterAgrees(anyNeed), { numRuns: 300 }))

it.each<[string, (need: NeedRecipe) => NeedRecipe]>([
  ['the first may always start', (need) => ({ ...need, firstMayStart: true })],
  ['the first may never start', (need) => ({ ...need, firstMayStart: false })],
  ['one domain is enough', (need) => ({ ...need, domains: need.domains.slice(0, 1) })],
  ['one that stands anywhere is enough', (need) => ({ ...need, domains: ['cluster'] })],
  ['one must stand on the node', (need) => ({ ...need, domains: [...need.domains, 'node'] })],
  ['those are needed that do not match', (need) => ({ ...need, facts: none(need.facts) })],
  ['everybody matches', (need) => ({ ...need, facts: { _tag: 'Every', of: [] } })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(filterAgrees(anyNeed, misread))).toBe(true)
})

function none(of: NeedRecipe['facts']): NeedRecipe['facts'] {
  return { _tag: 'None', of }
}
