/**
 * Tests the replica counts per domain, their minimum and their maximum against a twin (a slow
 * reference implementation).
 */
import {
  anyTally,
  anyWorld,
  build,
  lowerClass,
  picture,
  plainClass,
  isRefuted,
} from '@stowage/testing'
import { assertSame } from '../../../testing/src/agreement/assert-same.js'
import { lowerTally } from '../../../testing/src/lower/expr.js'
import type { TallyRecipe } from '../../../testing/src/recipe/recipe.js'
import { domainsTwin } from '../../../testing/src/twin/domains.js'
import { tallyTwin } from '../../../testing/src/twin/expr.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, bind, getOrThrow, define, empty, join, internWord } from '../index.js'
import { stateOf } from '../cluster/cluster.js'
import { rankedRows } from '../cluster/roster.js'
import { domainCounts } from './expr.js'

/**
 * The count in the domain of each node, how many domains there are, and what stands in those that
 * have the fewest and the most.
 */
const agrees = (misread: (tally: TallyRecipe) => TallyRecipe = (tally) => tally) =>
  fc.property(anyWorld, anyTally, (world, tally) => {
    const { cluster } = build(world)
    const [, observed] = batch(cluster, (draft) => {
      const lowered = lowerTally(draft, misread(tally))
      const parts = stateOf(draft)
      const { countAt, extremes } = domainCounts(parts, lowered)
      const at = Array.from(rankedRows(parts.roster), (row) => countAt(row) ?? 'in no domain')
      return { at, of: extremes() }
    })
    const all = picture(cluster)
    const counts = domainsTwin(tally, all).map((nodes) => tallyTwin(tally, nodes[0]!, all)!)
    assertSame(observed, {
      at: all.nodes.map((node) => tallyTwin(tally, node, all) ?? 'in no domain'),
      of: { domains: counts.length, min: Math.min(...counts), max: Math.max(...counts) },
    })
  })

it('counts every domain', () => fc.assert(agrees(), { numRuns: 500 }))

const without =
  (field: 'key' | 'eligible') =>
  ({ [field]: _, ...tally }: TallyRecipe): TallyRecipe =>
    tally

it.each<[string, (tally: TallyRecipe) => TallyRecipe]>([
  ['a node alone is its domain', (tally) => ({ ...tally, domain: 'node' })],
  ['all nodes are one', (tally) => ({ ...tally, domain: 'cluster' })],
  ['an attribute is any other', (tally) => ({ ...tally, domain: anotherKey(tally.domain) })],
  ['no key is asked for', without('key')],
  ['every node is eligible', without('eligible')],
  ['a node without the key is its own', (tally) => ({ ...tally, absent: 'own' })],
  ['nodes without the key are one', (tally) => ({ ...tally, absent: 'shared' })],
  ['nodes without the key are nowhere', (tally) => ({ ...tally, absent: 'skip' })],
  ['everybody is counted', (tally) => ({ ...tally, facts: { _tag: 'Every', of: [] } })],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(agrees(misread))).toBe(true)
})

it('knows no trial from outside', () =>
  fc.assert(agrees((tally) => ({ ...tally, removal: { _tag: 'Every', of: [] } }))))

it('has no attribute among the domains of those that lack it', () => {
  batch(empty, (draft) => {
    const [only, zone] = [internWord(draft, 'x'), internWord(draft, 'zone')]
    const id = getOrThrow(define(draft, lowerClass(draft, plainClass)))
    for (const [name, attributes] of [
      ['a', [[zone, only]]],
      ['b', []],
      ['c', []],
    ] as const) {
      const node = getOrThrow(join(draft, { name, capacity: [], attributes, marks: [] }))
      getOrThrow(bind(draft, id, node, 'running'))
    }
    const countsAt = (absent: 'own' | 'shared') =>
      [0, 1, 2].map(
        domainCounts(stateOf(draft), { facts: { _tag: 'Every', of: [] }, domain: zone, absent })
          .countAt,
      )
    expect(countsAt('own')).toEqual([1, 1, 1])
    expect(countsAt('shared')).toEqual([1, 2, 2])
  })
})

function anotherKey(domain: TallyRecipe['domain']): TallyRecipe['domain'] {
  return typeof domain === 'string' ? domain : { key: domain.key === 'zone' ? 'arch' : 'zone' }
}
