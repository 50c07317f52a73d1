import { anyCounts, byRaw, choiceAgrees, refuted, type TallyRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

type Term = readonly [tally: TallyRecipe, weight: number]

const agrees = (misread: (term: Term) => Term) =>
  choiceAgrees(anyCounts.map(byRaw), (choice) => {
    const raw = choice._tag === 'Sum' ? choice.scores[0]?.raw : undefined
    return raw?._tag === 'Counts' ? byRaw({ ...raw, terms: raw.terms.map(misread) }) : choice
  })

it('is the sum over the domains', () =>
  fc.assert(
    agrees((term) => term),
    { numRuns: 300 },
  ))

it.each<[string, (term: Term) => Term]>([
  ['a node alone is its domain', ([tally, weight]) => [{ ...tally, domain: 'node' }, weight]],
  ['nodes without the key are one', ([tally, weight]) => [{ ...tally, absent: 'shared' }, weight]],
  ['nodes without the key count', ([tally, weight]) => [{ ...tally, absent: 'own' }, weight]],
  ['nodes without the key do not', ([tally, weight]) => [{ ...tally, absent: 'skip' }, weight]],
  ['a weight has no sign', ([tally, weight]) => [tally, Math.abs(weight)]],
  ['nobody matches', ([tally, weight]) => [{ ...tally, facts: { _tag: 'Some', of: [] } }, weight]],
])('is refuted when %s', (_, misread) => {
  expect(refuted(agrees(misread))).toBe(true)
})
