/**
 * Property: the *limit* filter gives the same results as its twin (a slow reference
 * implementation). The test also checks that planted bugs are detected.
 */
import { filterAgrees, isRefuted } from '@stowage/testing'
import { anyLimit } from '../../../testing/src/arbitrary/filter.js'
import type { LimitRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const counting =
  (change: Partial<LimitRecipe['tally']>) =>
  (limit: LimitRecipe): LimitRecipe => ({ ...limit, tally: { ...limit.tally, ...change } })

it('refuses exactly what would be too many', () =>
  fc.assert(filterAgrees(anyLimit), { numRuns: 300 }))

it.each<[string, (limit: LimitRecipe) => LimitRecipe]>([
  ['the new one is not counted', (limit) => ({ ...limit, self: 0 })],
  ['the most are one too many', (limit) => ({ ...limit, self: limit.self + 1 })],
  ['one more is let in', (limit) => ({ ...limit, max: limit.max + 1 })],
  ['every replica is counted', counting({ facts: { _tag: 'Every', of: [] } })],
  [
    'those are counted that do not match',
    (limit) => counting({ facts: { _tag: 'None', of: limit.tally.facts } })(limit),
  ],
  ['each node is counted by itself', counting({ domain: 'node' })],
  ['a node without the key is allowed', counting({ absent: 'skip' })],
  ['a node without the key is refused', counting({ absent: 'refuse' })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(filterAgrees(anyLimit, misread))).toBe(true)
})
