import { anyLimit, filterAgrees, refuted, type LimitRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const everything = { _tag: 'Every', of: [] } as const

it('refuses exactly what would be too many', () =>
  fc.assert(filterAgrees(anyLimit), { numRuns: 300 }))

it.each<[string, (limit: LimitRecipe) => LimitRecipe]>([
  ['the new one is not counted', (limit) => ({ ...limit, self: 0 })],
  ['the most are one too many', (limit) => ({ ...limit, self: limit.self + 1 })],
  ['one more is let in', (limit) => ({ ...limit, most: limit.most + 1 })],
  [
    'every replica is counted',
    (limit) => ({ ...limit, tally: { ...limit.tally, facts: everything } }),
  ],
  [
    'those are counted that do not match',
    (limit) => ({
      ...limit,
      tally: { ...limit.tally, facts: { _tag: 'None', of: limit.tally.facts } },
    }),
  ],
])('is refuted when %s', (_, misread) => {
  expect(refuted(filterAgrees(anyLimit, misread))).toBe(true)
})
