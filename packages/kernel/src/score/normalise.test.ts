import { normaliseTwin, refuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Normaliser } from '../rule/score.js'
import { normalise } from './normalise.js'

const anyNormaliser = fc.constantFrom<Normaliser>('none', 'max', 'max-reversed', 'min-max')
const anyColumn = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -1000, max: 1000 })),
  { maxLength: 6 },
)
const agrees = (normalising: typeof normalise) =>
  fc.property(anyNormaliser, anyColumn, (normaliser, column) => {
    const scores = Float64Array.of(...column, 77)
    normalising(normaliser, scores, column.length)
    const twins = column.map((x) => normaliseTwin(normaliser, x, column))
    expect(Array.from(scores, (x) => x + 0)).toEqual([...twins, 77].map((x) => x + 0))
  })

it('is its formula, and leaves what lies past the column', () => fc.assert(agrees(normalise)))

const misreadings: Readonly<Record<string, Readonly<Record<Normaliser, Normaliser>>>> = {
  'nothing is done': { none: 'none', max: 'none', 'max-reversed': 'none', 'min-max': 'none' },
  'max is reversed': {
    none: 'none',
    max: 'max-reversed',
    'max-reversed': 'max',
    'min-max': 'min-max',
  },
  'the least is taken for 0': {
    none: 'none',
    max: 'max',
    'max-reversed': 'max-reversed',
    'min-max': 'max',
  },
}
it.each(Object.entries(misreadings))('is refuted when %s', (_, read) => {
  const misreading: typeof normalise = (normaliser, ...rest) => normalise(read[normaliser], ...rest)
  expect(refuted(agrees(misreading))).toBe(true)
})

it('is refuted when it rounds to the nearest', () => {
  const rounding: typeof normalise = (normaliser, scores, count) => {
    const column = Array.from(scores.subarray(0, count))
    const [min, max] = [Math.min(...column), Math.max(...column)]
    if (normaliser !== 'min-max' || min === max) return normalise(normaliser, scores, count)
    scores.set(column.map((x) => Math.round(((x - min) * 100) / (max - min))))
  }
  expect(refuted(agrees(rounding))).toBe(true)
})
