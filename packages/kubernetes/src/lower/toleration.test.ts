/**
 * Tests which taints a pod tolerates, against the documentation. Two implementations are tested:
 * kernel expressions on nodes, and a plain function on one taint.
 */
import { batch, getOrThrow, empty, join, nodesWhere } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import type { Taint, Toleration } from '../words/taint.js'
import { markOf, tolerates, toleratedExpr } from './toleration.js'

/** A planted bug is looked for longer, and found once. */

type Given = Partial<Toleration>
const toleration = (given: Given): Toleration => ({
  key: undefined,
  operator: undefined,
  value: undefined,
  effect: undefined,
  tolerationSeconds: undefined,
  ...given,
})
const taint = (given: Partial<Taint> = {}): Taint => ({
  key: 'gpu',
  value: 'a',
  effect: 'NoSchedule',
  ...given,
})

type Admits = (tolerations: readonly Toleration[], taints: readonly Taint[]) => boolean
/** Whether a node with these taints is open to a pod with these tolerations. */
const admits: Admits = (tolerations, taints) =>
  batch(empty, (draft) => {
    join(draft, {
      name: 'n',
      capacity: [],
      attributes: [],
      marks: taints.map((one) => markOf(draft, one)),
    })
    return (
      getOrThrow(nodesWhere(draft, { _tag: 'Marks', tolerated: toleratedExpr(draft, tolerations) }))
        .length === 1
    )
  })[1]

describe('a taint is tolerated by', () => {
  it.each<readonly [string, Given]>([
    [
      'its key, value and effect',
      { key: 'gpu', operator: 'Equal', value: 'a', effect: 'NoSchedule' },
    ],
    ['its key and value, for any effect', { key: 'gpu', value: 'a' }],
    ['its key alone, when that is enough', { key: 'gpu', operator: 'Exists' }],
    ['everything', { operator: 'Exists' }],
    ['its value under any key', { key: '', operator: '', value: 'a', effect: '' }],
  ])('%s', (_, given) => {
    expect(admits([toleration(given)], [taint()])).toBe(true)
  })
  it.each<readonly [string, Given]>([
    ['another key', { key: 'cpu', operator: 'Exists' }],
    ['another value', { key: 'gpu', value: 'b' }],
    ['another effect', { key: 'gpu', operator: 'Exists', effect: 'NoExecute' }],
    ['an empty value', { key: 'gpu' }],
    ['operators that are off by default or unknown', { key: 'gpu', operator: 'Gt', value: 'a' }],
    ['an operator in small letters', { key: 'gpu', operator: 'exists' }],
  ])('not by %s', (_, given) => {
    expect(admits([toleration(given)], [taint()])).toBe(false)
  })
})

describe('a node', () => {
  it('needs all of its taints tolerated, by whichever toleration', () => {
    const taints = [taint(), taint({ key: 'spot', effect: 'NoExecute' })]
    const gpu = toleration({ key: 'gpu', operator: 'Exists' })
    const spot = toleration({ key: 'spot', operator: 'Exists' })
    expect([admits([gpu], taints), admits([gpu, spot], taints)]).toEqual([false, true])
  })
  it('keeps nobody away by a taint that only discourages', () => {
    expect(admits([], [taint({ effect: 'PreferNoSchedule' })])).toBe(true)
  })
  it('has taints without a value, which is an empty one', () => {
    const bare = taint({ value: undefined })
    expect([
      admits([toleration({ key: 'gpu' })], [bare]),
      admits([toleration({ key: 'gpu', value: '' })], [bare]),
    ]).toEqual([true, true])
  })
})

const few = (...texts: readonly (string | undefined)[]) => fc.constantFrom(...texts)
const anyToleration = fc.record({
  key: few(undefined, '', 'a', 'b'),
  operator: few(undefined, '', 'Equal', 'Exists', 'Lt'),
  value: few(undefined, '', 'x', 'y'),
  effect: few(undefined, '', 'NoSchedule', 'NoExecute', 'PreferNoSchedule'),
  tolerationSeconds: fc.constant(undefined),
})
const anyTaint = fc.record({
  key: fc.constantFrom('a', 'b'),
  value: few(undefined, '', 'x', 'y'),
  effect: fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule'),
})
const anyTolerations = fc.array(anyToleration, { maxLength: 3 })

/** "Tolerates: effect empty or equal; key empty or equal; Exists, or Equal and the same value." */
const byTheSentence = (one: Toleration, it: Taint): boolean => {
  if ((one.effect ?? '') !== '' && one.effect !== it.effect) return false
  if ((one.key ?? '') !== '' && one.key !== it.key) return false
  if (one.operator === 'Exists') return true
  return ['', 'Equal'].includes(one.operator ?? '') && (one.value ?? '') === (it.value ?? '')
}
const agrees = (admit: Admits) =>
  fc.property(anyTolerations, fc.array(anyTaint, { maxLength: 3 }), (tolerations, taints) => {
    const hard = taints.filter(({ effect }) => effect !== 'PreferNoSchedule')
    const open = hard.every((one) => tolerations.some((given) => byTheSentence(given, one)))
    return admit(tolerations, taints) === open
  })

it('admits as the sentence says', () => {
  fc.assert(agrees(admits))
})
it('says the same in plain logic', () => {
  fc.assert(
    agrees((tolerations, taints) =>
      taints
        .filter(({ effect }) => effect !== 'PreferNoSchedule')
        .every((one) => tolerates(tolerations, one)),
    ),
  )
})
it.each<readonly [string, Admits]>([
  [
    'NoExecute keeps nobody away',
    (tolerations, taints) =>
      admits(
        tolerations,
        taints.filter(({ effect }) => effect !== 'NoExecute'),
      ),
  ],
  [
    'an empty key is a key',
    (tolerations, taints) =>
      admits(
        tolerations.map((one) => (one.key === '' ? { ...one, key: 'none' } : one)),
        taints,
      ),
  ],
  [
    'no operator means Exists',
    (tolerations, taints) =>
      admits(
        tolerations.map((one) => ({ ...one, operator: one.operator ?? 'Exists' })),
        taints,
      ),
  ],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})
