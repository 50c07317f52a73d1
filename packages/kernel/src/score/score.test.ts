import { anyChoice, choiceAgrees, refuted, type ChoiceRecipe } from '@stowage/testing'
import fc from 'fast-check'
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
  expect(refuted(choiceAgrees(anyChoice, misread))).toBe(true)
})

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
