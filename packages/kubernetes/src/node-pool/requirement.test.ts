/**
 * Tests the algebra of requirements: a requirement is the set of values that meet it, and an
 * intersection is met by the values that meet both.
 */
import { expect, it } from 'vitest'
import {
  hasIntersection,
  intersection,
  keyRequirement,
  meetsRequirement,
  requirementText,
  setOperatorOf,
  type KeyRequirement,
} from './requirement.js'

const universe = ['', 'a', 'b', '-1', '0', '1', '2', '3', '007']

const written = (operator: string, ...values: readonly string[]): KeyRequirement =>
  keyRequirement({ key: 'size', operator, values })

const requirements = [
  ...['In', 'NotIn'].flatMap((operator) =>
    [[], ['a'], ['a', '2'], ['1', '2'], ['-1', '0', '3'], ['', '007'], universe].map((values) =>
      written(operator, ...values),
    ),
  ),
  ...['Exists', 'DoesNotExist'].map((operator) => written(operator)),
  ...['Gt', 'Lt', 'Gte', 'Lte'].flatMap((operator) =>
    ['0', '1', '2'].map((bound) => written(operator, bound)),
  ),
]

type Intersect = typeof intersection

/** Pairs whose intersection, or that with a third one, is met by another value than meets all. */
const wrongPairs = (intersect: Intersect) =>
  requirements.flatMap((one) =>
    requirements.filter((two) =>
      requirements.some((three) => {
        const all = intersect(intersect(one, two), three)
        const isMetByAll = (value: string) =>
          [one, two, three].every((each) => meetsRequirement(each, value))
        return universe.some((value) => meetsRequirement(all, value) !== isMetByAll(value))
      }),
    ),
  )

it('intersects as sets do', () => {
  expect(wrongPairs(intersection)).toEqual([])
})

it.each<readonly [string, Intersect]>([
  ['forgets bounds', (one, other) => intersection({ ...one, gte: undefined }, other)],
  [
    'takes the union of complements for their intersection',
    (one, other) =>
      one.isComplement && other.isComplement
        ? { ...intersection(one, other), values: new Set() }
        : intersection(one, other),
  ],
  ['takes the first', (one) => one],
])('is refuted when it %s', (_, broken) => {
  expect(wrongPairs(broken).length).toBeGreaterThan(0)
})

it('says whether some value meets both, without the set of them', () => {
  for (const one of requirements)
    for (const other of requirements)
      expect(hasIntersection(one, other)).toBe(
        setOperatorOf(intersection(one, other)) !== 'DoesNotExist',
      )
})

it.each([
  ['In', ['b', 'a'], 'size In [a b]'],
  ['In', ['g', 'f', 'e', 'd', 'c', 'b', 'a'], 'size In [a b c d e and 2 others]'],
  ['NotIn', ['a'], 'size NotIn [a]'],
  ['Exists', [], 'size Exists'],
  ['DoesNotExist', [], 'size DoesNotExist'],
  ['Gt', ['4'], 'size Exists >=5'],
  ['Lt', ['4'], 'size Exists <=3'],
  ['Gte', ['4'], 'size Exists >=4'],
  ['Lte', ['4'], 'size Exists <=4'],
  ['Gt', ['9223372036854775807'], 'size DoesNotExist'],
])('%s %j is written as messages write it', (operator, values, text) => {
  expect(requirementText(written(operator, ...values))).toBe(text)
})

it('keeps the larger minValues, also where nothing is left', () => {
  const one = keyRequirement({ key: 'size', operator: 'Gt', values: ['4'], minValues: 2 })
  const other = keyRequirement({ key: 'size', operator: 'Lt', values: ['4'], minValues: 3 })
  expect(requirementText(intersection(one, other))).toBe('size DoesNotExist minValues 3')
})

it('reads older names of labels as the present ones', () => {
  const { key } = keyRequirement({ key: 'beta.kubernetes.io/arch', operator: 'Exists', values: [] })
  expect(key).toBe('kubernetes.io/arch')
})
