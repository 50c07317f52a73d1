/**
 * Tests the names that are suggested for a mistyped name. The expected names are computed by a slow
 * recursive definition of the distance (optimal string alignment).
 */
import { isDeepStrictEqual } from 'node:util'
import { byCodeUnit } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { isMisspelling, nearestNames } from './nearest.js'

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

describe('a misspelling', () => {
  it.each([
    ['Deploymnet', 'Deployment', true],
    ['deployment', 'Deployment', true],
    ['Deploy', 'Deployment', false],
    ['Jobs', 'Job', true],
    ['Jib', 'Job', true],
    ['Jibs', 'Job', false],
    ['StateflSest', 'StatefulSet', true],
    ['', 'a', true],
    ['', 'Job', false],
  ])('%s of %s: %s', (name, of, expected) => expect(isMisspelling(name, of)).toBe(expected))
})

const distance = (one: string, other: string): number => {
  if (one === '' || other === '') return one.length + other.length
  const [a, b] = [one.slice(1), other.slice(1)]
  const change = distance(a, b) + (one[0] === other[0] ? 0 : 1)
  const isExchange = one.length > 1 && one[0] === other[1] && one[1] === other[0]
  const exchange = isExchange ? 1 + distance(one.slice(2), other.slice(2)) : Infinity
  return Math.min(change, exchange, 1 + distance(one, b), 1 + distance(a, other))
}

/** Without exchanges. */
const levenshtein = (one: string, other: string): number => {
  if (one === '' || other === '') return one.length + other.length
  const [a, b] = [one.slice(1), other.slice(1)]
  if (one[0] === other[0]) return levenshtein(a, b)
  return 1 + Math.min(levenshtein(a, b), levenshtein(one, b), levenshtein(a, other))
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

it('is by the number of letters to insert, drop or change, or neighbours to exchange', () => {
  fc.assert(agrees(nearestNames))
})
it('is refuted when an exchange counts as two changes', () => {
  const withoutExchange: Nearest = (name, names) =>
    [...names]
      .sort((a, b) => levenshtein(name, a) - levenshtein(name, b) || byCodeUnit(a, b))
      .slice(0, 3)
  expect(isRefuted(agrees(withoutExchange))).toBe(true)
})
it('is refuted when only letters in place are compared', () => {
  const inPlace: Nearest = (name, names) =>
    byDefinition(name, names, Infinity).filter((each) => each.length === name.length)
  expect(isRefuted(agrees(inPlace))).toBe(true)
})
