import { anyLoad, byRaw, choiceAgrees, refuted, type LoadRecipe } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const otherCurve = {
  least: 'most',
  most: 'least',
  remaining: 'remaining',
  'balance-change': 'balance-change',
} as const
const partwise =
  (change: (part: LoadRecipe['parts'][number]) => LoadRecipe['parts'][number]) =>
  (load: LoadRecipe): LoadRecipe => ({ ...load, parts: load.parts.map(change) })

const agrees = (misread: (load: LoadRecipe) => LoadRecipe) =>
  choiceAgrees(anyLoad.map(byRaw), (choice) => {
    const score = choice._tag === 'Sum' ? choice.scores[0] : undefined
    return score?.raw._tag === 'Load' ? byRaw(misread(score.raw)) : choice
  })

it('is what the node would hold', () =>
  fc.assert(
    agrees((load) => load),
    { numRuns: 300 },
  ))

it.each<[string, (load: LoadRecipe) => LoadRecipe]>([
  ['least is read as most', (load) => ({ ...load, curve: otherCurve[load.curve] })],
  ['the new replica is forgotten', partwise((part) => ({ ...part, amount: 0 }))],
  ['all parts weigh the same', partwise((part) => ({ ...part, weight: 1 }))],
  ['the last part is skipped', (load) => ({ ...load, parts: load.parts.slice(0, -1) })],
])('is refuted when %s', (_, misread) => {
  expect(refuted(agrees(misread))).toBe(true)
})
