import { anyStatic, byRaw, choiceAgrees, refuted, type StaticRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const agrees = (misread: (raw: StaticRecipe) => StaticRecipe) =>
  choiceAgrees(anyStatic.map(byRaw), (choice) => {
    const score = choice._tag === 'Sum' ? choice.scores[0] : undefined
    return score?.raw._tag === 'Static' ? byRaw(misread(score.raw)) : choice
  })

it('is the sum of the cases that hold', () =>
  fc.assert(
    agrees((raw) => raw),
    { numRuns: 300 },
  ))

it.each<[string, (raw: StaticRecipe) => StaticRecipe]>([
  ['marks are not looked at', (raw) => ({ ...raw, marks: [] })],
  ['only the first case counts', (raw) => ({ ...raw, cases: raw.cases.slice(0, 1) })],
  [
    'cases of marks are asked of the node',
    ({ cases, marks }) => ({ _tag: 'Static', cases: [...cases, ...marks], marks: [] }),
  ],
])('is refuted when %s', (_, misread) => {
  expect(refuted(agrees(misread))).toBe(true)
})
