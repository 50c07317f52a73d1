/**
 * Property: the *skew* filter gives the same results as its twin (a slow reference implementation).
 * The test also checks that planted bugs are detected.
 */
import { filterAgrees, isRefuted, type FilterRecipe } from '@stowage/testing'
import { anySkew } from '../../../testing/src/arbitrary/filter.js'
import type { SkewRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const counting =
  (change: Partial<SkewRecipe['tally']>) =>
  (skew: SkewRecipe): SkewRecipe => ({ ...skew, tally: { ...skew.tally, ...change } })

const asLimit = ({ domainsMin: _, ...skew }: SkewRecipe): FilterRecipe => ({
  ...skew,
  _tag: 'Limit',
})

it('refuses exactly what would be too far ahead', () =>
  fc.assert(filterAgrees(anySkew), { numRuns: 300 }))

it.each<[string, (skew: SkewRecipe) => FilterRecipe]>([
  ['the new one is not counted', (skew) => ({ ...skew, self: 0 })],
  ['one more is let in', (skew) => ({ ...skew, max: skew.max + 1 })],
  ['the fewest are always taken for 0', asLimit],
  ['so many domains need not be there', (skew) => ({ ...skew, domainsMin: 0 })],
  ['one domain more must be there', (skew) => ({ ...skew, domainsMin: skew.domainsMin + 1 })],
  ['a node alone is its domain', counting({ domain: 'node' })],
  ['no node is eligible', counting({ eligible: { _tag: 'Any', of: [] } })],
  ['every node is eligible', counting({ eligible: { _tag: 'All', of: [] } })],
  ['a node without the key is allowed', counting({ absent: 'skip' })],
  ['a node without the key is refused', counting({ absent: 'refuse' })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(filterAgrees(anySkew, misread))).toBe(true)
})
