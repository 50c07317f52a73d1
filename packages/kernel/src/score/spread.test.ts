/**
 * Property: the *spread* score equals that of its twin (a slow reference implementation). The test
 * also checks that planted bugs are detected.
 */
import { anyWorld, build, rawScoreAgrees, isRefuted } from '@stowage/testing'
import { anySpread } from '../../../testing/src/arbitrary/score.js'
import { lowerTally } from '../../../testing/src/lower/expr.js'
import type { SpreadRecipe } from '../../../testing/src/recipe/recipe.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import { rankedRows } from '../cluster/roster.js'
import { newScratch } from '../cluster/scratch.js'
import { batch, type Match } from '../index.js'
import { rawScores } from './score.js'

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
  expect(isRefuted(rawScoreAgrees(anySpread, misread))).toBe(true)
})

/** Terms that all count what the first one counts, as one object or as `other` makes it. */
const sharingAgrees = (other: (first: Match, own: Match) => Match) =>
  fc.property(anyWorld, anySpread, (world, { terms }) => {
    batch(build(world).cluster, (draft) => {
      const state = stateOf(draft)
      const rows = Int32Array.from(rankedRows(state.roster))
      const lowered = terms.map(([tally, skew]) => [lowerTally(draft, tally), skew] as const)
      const first = lowered[0]?.[0].facts
      if (first === undefined) return
      const scoresOf = (factsOf: typeof other): readonly number[] => {
        const own = lowered.map(
          ([tally, skew]) => [{ ...tally, facts: factsOf(first, tally.facts) }, skew] as const,
        )
        const candidates = { rows, count: rows.length }
        const raw = { _tag: 'Spread' as const, terms: own }
        return [...rawScores(raw, { state, candidates, scratch: newScratch() })].slice(
          0,
          rows.length,
        )
      }
      expect(scoresOf(other)).toEqual(scoresOf((one) => one))
    })
  })

it('counts what several terms have in common as each of them would', () =>
  fc.assert(sharingAgrees((first) => structuredClone(first))))
it('is refuted when terms count what is their own', () => {
  expect(isRefuted(sharingAgrees((_, own) => own))).toBe(true)
})
