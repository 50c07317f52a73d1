/**
 * Property: all scores of all nodes, and the nodes with the best scores, equal those of a twin (a
 * slow reference implementation).
 */
import { anyChoice, choiceAgrees, isRefuted, type ChoiceRecipe } from '@stowage/testing'
import { anyCounts, anySpread } from '../../../testing/src/arbitrary/score.js'
import type { CountsRecipe, SpreadRecipe } from '../../../testing/src/recipe/recipe.js'
import fc, { type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'

const other = { least: 'most', most: 'least' } as const

it('scores every node, and finds whom nobody exceeds', () =>
  fc.assert(choiceAgrees(anyChoice), { numRuns: 300 }))

it.each<[string, (choice: ChoiceRecipe) => ChoiceRecipe]>([
  ['weights are not looked at', weighingAlike],
  ['the last key of a chain comes first', reversingTheChain],
  ['nobody is ignored', ignoringNobody],
  [
    'the least is preferred for the most',
    (choice) =>
      choice._tag === 'Sum'
        ? choice
        : { ...choice, keys: choice.keys.map((key) => ({ ...key, prefer: other[key.prefer] })) },
  ],
  [
    'raw scores are summed as they are',
    (choice) =>
      choice._tag === 'Chain'
        ? choice
        : { ...choice, scores: choice.scores.map((one) => ({ ...one, normaliser: 'none' })) },
  ],
])('is refuted when %s', (_, misread) => {
  expect(isRefuted(choiceAgrees(anyChoice, misread))).toBe(true)
})

/** Chains whose keys ignore nodes. */
const anyIgnoringChain: Arbitrary<ChoiceRecipe> = fc.record({
  _tag: fc.constant('Chain'),
  keys: fc.array(
    fc.record({
      plugin: fc.constant(0),
      raw: fc.oneof(anyCounts, anySpread).map(refusing),
      prefer: fc.constantFrom('least', 'most'),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  tie: fc.constant('rank'),
})

it('puts whom a key ignores last, whatever is preferred', () =>
  fc.assert(choiceAgrees(anyIgnoringChain), { numRuns: 300 }))

it('is refuted where the most is preferred for the least, though nodes are ignored', () => {
  expect(isRefuted(choiceAgrees(anyIgnoringChain, preferring('least')))).toBe(true)
  expect(isRefuted(choiceAgrees(anyIgnoringChain, preferring('most')))).toBe(true)
})

function refusing<Raw extends CountsRecipe | SpreadRecipe>(raw: Raw): Raw {
  const terms = raw.terms.map(([tally, by]) => [{ ...tally, absent: 'refuse' }, by])
  return { ...raw, terms }
}

function preferring(prefer: 'least' | 'most') {
  return (choice: ChoiceRecipe): ChoiceRecipe =>
    choice._tag === 'Sum'
      ? choice
      : { ...choice, keys: choice.keys.map((key) => ({ ...key, prefer })) }
}

function weighingAlike(choice: ChoiceRecipe): ChoiceRecipe {
  if (choice._tag === 'Chain') return choice
  return { ...choice, scores: choice.scores.map((score) => ({ ...score, weight: 1 })) }
}

function ignoringNobody(choice: ChoiceRecipe): ChoiceRecipe {
  return JSON.parse(JSON.stringify(choice), (key, value: unknown) =>
    key === 'absent' && value === 'refuse' ? 'skip' : value,
  ) as ChoiceRecipe
}

function reversingTheChain(choice: ChoiceRecipe): ChoiceRecipe {
  return choice._tag === 'Sum' ? choice : { ...choice, keys: [...choice.keys].reverse() }
}
