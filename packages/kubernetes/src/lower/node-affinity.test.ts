/**
 * Tests node selectors and required node affinity: operators, invalid terms, and nodes pinned by
 * name.
 */
import { decodeValue } from '@stowage/documents'
import {
  batch,
  getOrThrow,
  empty,
  findNode,
  join,
  nodesWhere,
  internWord,
  type Draft,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { PodSpec } from '../words/pod.js'
import { affinityExpr, pinnedNames } from './node-affinity.js'

/** A planted bug is looked for longer, and found once. */

type Labels = Readonly<Record<string, string>>
interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}
interface Term {
  readonly matchExpressions?: readonly Requirement[]
  readonly matchFields?: readonly Requirement[]
}
const specOf = (
  nodeSelectorTerms: readonly Term[] | undefined,
  nodeSelector: Labels = {},
): PodSpec => {
  const required = nodeSelectorTerms && { nodeSelectorTerms }
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required }
  const read = decodeValue(PodSpec, {
    containers: [{ name: 'main' }],
    nodeSelector,
    affinity: { nodeAffinity },
  })
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}
/** Whether a pod may go to a node `n` with these labels. */
const matches = (spec: PodSpec, labels: Labels): boolean =>
  batch(empty, (draft: Draft) => {
    const attributes = Object.entries(labels).map(
      ([key, value]) => [internWord(draft, key), internWord(draft, value)] as const,
    )
    join(draft, { name: 'n', capacity: [], attributes, marks: [] })
    expect(O.isSome(findNode(draft, 'n'))).toBe(true)
    const expr = affinityExpr(draft, spec)
    return expr === undefined || getOrThrow(nodesWhere(draft, expr)).length === 1
  })[1]
const term = (...matchExpressions: readonly Requirement[]): Term => ({ matchExpressions })
const asks = (operator: string, ...values: readonly string[]): PodSpec =>
  specOf([term({ key: 'size', operator, values })])
const named = (operator: string, ...values: readonly string[]): Requirement => ({
  key: 'metadata.name',
  operator,
  values,
})

describe('an operator', () => {
  it.each<
    readonly [
      operator: string,
      values: readonly string[],
      of5: boolean,
      of12: boolean,
      missing: boolean,
    ]
  >([
    ['In', ['5', '7'], true, false, false],
    ['NotIn', ['5', '7'], false, true, true],
    ['Exists', [], true, true, false],
    ['DoesNotExist', [], false, false, true],
    ['Gt', ['7'], false, true, false],
    ['Lt', ['7'], true, false, false],
  ])('%s %j', (operator, values, of5, of12, missing) => {
    const spec = asks(operator, ...values)
    expect([
      matches(spec, { size: '5' }),
      matches(spec, { size: '12' }),
      matches(spec, { other: '5' }),
    ]).toEqual([of5, of12, missing])
  })
  it.each<readonly [string, ...(readonly string[])]>([
    ['In'],
    ['NotIn'],
    ['Exists', 'a'],
    ['DoesNotExist', 'a'],
    ['Gt'],
    ['Gt', '1', '2'],
    ['Lt', 'x'],
    ['Gt', '-1'],
    ['in', '5'],
    ['NotIn', '-'],
  ])('%s %s %s is invalid, and matches nothing', (operator, ...values) => {
    const spec = asks(operator, ...values)
    expect([matches(spec, { size: '5' }), matches(spec, {})]).toEqual([false, false])
  })
  it('compares no label that is not a number', () => {
    expect([
      matches(asks('Gt', '1'), { size: 'x' }),
      matches(asks('Lt', '1'), { size: 'x' }),
    ]).toEqual([false, false])
  })
})

describe('terms', () => {
  const size5 = { key: 'size', operator: 'In', values: ['5'] }
  const zoneA = { key: 'zone', operator: 'In', values: ['a'] }
  it('are alternatives, the expressions of one are not, and a nodeSelector comes on top', () => {
    const both = specOf([term(size5, zoneA)])
    const either = specOf([term(size5), term(zoneA)])
    expect([matches(both, { size: '5' }), matches(either, { size: '5' })]).toEqual([false, true])
    expect(matches(specOf([term(size5)], { disk: 'ssd' }), { size: '5' })).toBe(false)
    expect(matches(specOf(undefined, { disk: 'ssd' }), { disk: 'ssd' })).toBe(true)
  })
  it('that are invalid do not spoil the others', () => {
    const spec = specOf([
      term({ key: 'size', operator: 'Near' }),
      term({ key: '-', operator: 'DoesNotExist' }),
      term(size5),
    ])
    expect([matches(spec, { size: '5' }), matches(spec, { size: '6' })]).toEqual([true, false])
  })
  it('that ask for nothing match nothing, and neither does no term', () => {
    expect([
      matches(specOf([{}]), {}),
      matches(specOf([]), {}),
      matches(specOf(undefined), {}),
    ]).toEqual([false, false, true])
  })
})

describe('a name', () => {
  it.each<readonly [string, Requirement, boolean]>([
    ['is asked for', named('In', 'n'), true],
    ['of another node is asked for', named('In', 'm'), false],
    ['is excluded', named('NotIn', 'n'), false],
    ['of another node is excluded', named('NotIn', 'm'), true],
    ['is one of two, which is invalid', named('In', 'n', 'm'), false],
    ['only exists, which is invalid', named('Exists'), false],
    [
      'is another field, which is invalid',
      { key: 'spec.name', operator: 'In', values: ['n'] },
      false,
    ],
  ])('%s', (_, field, expected) => {
    expect(matches(specOf([{ matchFields: [field] }]), {})).toBe(expected)
  })
  it('is pinned when every term pins some', () => {
    const pinned = (...fields: readonly (readonly Requirement[])[]) =>
      pinnedNames(specOf(fields.map((matchFields) => ({ matchFields }))))
    expect(pinned([named('In', 'a', 'b')], [named('In', 'c')])).toEqual(['a', 'b', 'c'])
    expect(pinned([named('In', 'a', 'b'), named('In', 'b')])).toEqual(['b'])
    expect(pinned([named('In', 'a'), named('In', 'b')])).toEqual([])
    expect(pinned([named('In', 'a')], [named('NotIn', 'b')])).toBeUndefined()
  })
})

const anyRequirement = fc.record({
  key: fc.constantFrom('size', 'zone'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
  values: fc.array(fc.constantFrom('1', '5', '12', 'x'), { maxLength: 2 }),
})
const anyTerms = fc.array(
  fc.array(anyRequirement, { maxLength: 2 }).map((all) => term(...all)),
  { maxLength: 3 },
)
const anyLabels = fc.dictionary(
  fc.constantFrom('size', 'zone'),
  fc.constantFrom('1', '5', '12', 'x'),
)

const holds = (
  { key, operator, values = [] }: Requirement,
  labels: ReadonlyMap<string, string>,
): boolean | 'invalid' => {
  const value = labels.get(key)
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) return 'invalid'
    return (value !== undefined && values.includes(value)) === (operator === 'In')
  }
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length > 0 ? 'invalid' : (value !== undefined) === (operator === 'Exists')
  const than = Number(values[0])
  if (values.length !== 1 || Number.isNaN(than)) return 'invalid'
  return operator === 'Gt' ? Number(value) > than : Number(value) < than
}
const agrees = (match: typeof matches) =>
  fc.property(anyTerms, anyLabels, (terms, labels) => {
    const known = new Map(Object.entries(labels))
    const expected = terms.some(
      ({ matchExpressions = [] }) =>
        matchExpressions.length > 0 && matchExpressions.every((one) => holds(one, known) === true),
    )
    return match(specOf(terms), labels) === expected
  })

it('matches as the sentences say', () => {
  fc.assert(agrees(matches))
})
it('is refuted when a key that is missing is in none of the values and not in their complement either', () => {
  const strict: typeof matches = (spec, labels) => matches(spec, { size: '', zone: '', ...labels })
  expect(isRefuted(agrees(strict))).toBe(true)
})
