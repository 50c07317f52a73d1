/** Property: each normaliser equals its formula, and leaves ignored nodes alone. */
import { isRefuted } from '@stowage/testing'
import { normaliseTwin } from '../../../testing/src/twin/normalise.js'
import fc, { type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import type { Normaliser } from '../rule/score.js'
import { ignoredScore, isIgnored } from './ignored.js'
import { normalise } from './normalise.js'

const anyNormaliser = fc.constantFrom<Normaliser>(
  'none',
  'max',
  'max-reversed',
  'min-max',
  'spread',
)
const anyColumn = fc.array(
  fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: -1000, max: 1000 }),
    fc.constantFrom(0, 29, 57, 100),
    fc.constant(ignoredScore),
  ),
  { maxLength: 6 },
)
const agrees = (
  normalising: typeof normalise,
  normalisers = anyNormaliser,
  columns: Arbitrary<readonly number[]> = anyColumn,
) =>
  fc.property(normalisers, columns, (normaliser, column) => {
    const scores = Float64Array.of(...column, 77)
    normalising(normaliser, scores, column.length)
    const known = column.filter((x) => !isIgnored(x))
    const twins = column.map((x) => (isIgnored(x) ? x : normaliseTwin(normaliser, x, known)))
    expect(Array.from(scores, (x) => x + 0)).toEqual([...twins, 77].map((x) => x + 0))
  })

it('is its formula, leaves who is ignored, and what lies past the column', () =>
  fc.assert(agrees(normalise), { numRuns: 1_000 }))

const itself = {
  none: 'none',
  max: 'max',
  'max-reversed': 'max-reversed',
  'min-max': 'min-max',
  spread: 'spread',
} as const
const misreadings: Readonly<Record<string, Partial<Record<Normaliser, Normaliser>>>> = {
  'nothing is done': { max: 'none', 'max-reversed': 'none', 'min-max': 'none', spread: 'none' },
  'max is reversed': { max: 'max-reversed', 'max-reversed': 'max' },
  'the least is taken for 0': { 'min-max': 'max' },
  'spread is max reversed': { spread: 'max-reversed' },
}
it.each(Object.entries(misreadings))('is refuted when %s', (_, read) => {
  const misreading: typeof normalise = (normaliser, ...rest) =>
    normalise({ ...itself, ...read }[normaliser], ...rest)
  expect(isRefuted(agrees(misreading))).toBe(true)
})

/** Another way to say min-max. */
const minMaxBy =
  (formula: (over: number, range: number) => number): typeof normalise =>
  (normaliser, scores, count) => {
    const column = Array.from(scores.subarray(0, count))
    const known = column.filter((x) => !isIgnored(x))
    const [min, max] = [Math.min(...known), Math.max(...known)]
    if (normaliser !== 'min-max' || min === max) return normalise(normaliser, scores, count)
    scores.set(column.map((x) => formula(x - min, max - min)))
  }

it.each([
  ['it rounds to the nearest', minMaxBy((over, range) => Math.round(100 * (over / range)))],
  ['it multiplies before it divides', minMaxBy((over, range) => Math.floor((100 * over) / range))],
])('is refuted when %s', (_, broken) => {
  const percentages = fc.array(fc.constantFrom(0, 29, 57, 100), { maxLength: 6 })
  expect(isRefuted(agrees(broken, fc.constant('min-max'), percentages))).toBe(true)
})

it('is refuted when who is ignored is taken for 0', () => {
  const counting: typeof normalise = (normaliser, scores, count) => {
    const column = Array.from(scores.subarray(0, count))
    scores.set(column.map((x) => (isIgnored(x) ? 0 : x)))
    normalise(normaliser, scores, count)
    for (const [i, x] of column.entries()) if (isIgnored(x)) scores[i] = x
  }
  expect(isRefuted(agrees(counting))).toBe(true)
})
