/** Nearest names against Levenshtein's recursive definition. */
import { isDeepStrictEqual } from 'node:util'
import { byCodeUnit } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuted } from '@stowage/testing'
import { nearestNames } from './nearest.js'

describe('the nearest names', () => {
  it('are three, the nearest first, then by name', () => {
    expect(nearestNames('web', ['wet', 'api', 'wes', 'webs', 'batch'])).toEqual([
      'webs',
      'wes',
      'wet',
    ])
  })
  it('compare 255 letters of a name', () => {
    const long = 'a'.repeat(255)
    expect(nearestNames(`${long}z`, [`${long}yy`, `${long}x`])).toEqual([`${long}x`, `${long}yy`])
  })
  it('are by name when all are too far', () => {
    expect(nearestNames('x', ['bbbb', 'c', 'aaaaaa'])).toEqual(['c', 'bbbb', 'aaaaaa'])
    expect(nearestNames('x', ['bbbb', 'c', 'aaaaaa'], 1)).toEqual(['aaaaaa', 'bbbb', 'c'])
  })
})

const distance = (one: string, other: string): number => {
  if (one === '' || other === '') return one.length + other.length
  const [a, b] = [one.slice(1), other.slice(1)]
  if (one[0] === other[0]) return distance(a, b)
  return 1 + Math.min(distance(a, b), distance(one, b), distance(a, other))
}

type Nearest = (name: string, names: readonly string[], distanceMax: number) => readonly string[]
const byDefinition: Nearest = (name, names, distanceMax) => {
  const far = (each: string) => Math.min(distance(name, each), distanceMax)
  return [...names].sort((a, b) => far(a) - far(b) || byCodeUnit(a, b)).slice(0, 3)
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
const agrees = (nearest: Nearest) =>
  fc.property(word, fc.array(word, { maxLength: 6 }), fc.nat(6), (name, names, distanceMax) =>
    isDeepStrictEqual(nearest(name, names, distanceMax), byDefinition(name, names, distanceMax)),
  )

it('is by the number of letters to insert, drop or change', () => {
  fc.assert(agrees(nearestNames))
})
it('is refuted when only letters in place are compared', () => {
  const inPlace: Nearest = (name, names) =>
    byDefinition(name, names, Infinity).filter((each) => each.length === name.length)
  expect(refuted(agrees(inPlace))).toBe(true)
})
