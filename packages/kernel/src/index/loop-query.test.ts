/** Tests which classes the fast scoring loop supports, and with which parameters. */
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import {
  batch,
  cpu,
  internDimension,
  empty,
  memory,
  pluginId,
  reasonId,
  slots,
  type Choice,
  type ClassSpec,
  type Filter,
  type RawScore,
} from '../index.js'
import type { LoadPart } from '../rule/raw.js'
import { loopQueryOf, loopScoresOf, type LoopScores } from './loop-query.js'
import { readSetOf, type ReadSet } from './read-set.js'

const one: LoadPart = { dimension: cpu, amount: 3, weight: 2 }
const other: LoadPart = { dimension: memory, amount: 5, weight: 1 }
const third: LoadPart = { dimension: slots, amount: 1, weight: 1 }

type Curve = 'least' | 'most' | 'remaining' | 'balance-change'
const load = (curve: Curve, ...parts: readonly LoadPart[]): RawScore => ({
  _tag: 'Load',
  curve,
  parts,
})

const sumOf = (...raws: readonly RawScore[]): Choice => ({
  _tag: 'Sum',
  scores: raws.map((raw) => ({ plugin: pluginId(0), raw, normaliser: 'none', weight: 7 })),
  tie: 'rank',
})

const source = { plugin: pluginId(0), removable: false }
const fit: Filter = {
  _tag: 'Fit',
  ...source,
  parts: [
    { dimension: cpu, amount: 3, reason: reasonId(0), slot: false },
    { dimension: memory, amount: 0, reason: reasonId(0), slot: false },
  ],
}

const readsFor = (choice: Choice, filters: readonly Filter[] = [fit]): ReadSet =>
  batch(empty, (draft) => {
    const classSpec: ClassSpec = { facts: [], occupies: [], filters, choice, priority: 0 }
    return readSetOf(classSpec, stateOf(draft))!
  })[1]

const known = (choice: Choice, filters?: readonly Filter[]): LoopScores | undefined =>
  loopScoresOf(readsFor(choice, filters))

const nothing = {
  ...{ first: 0, second: 0, firstAmount: 0, secondAmount: 0 },
  ...{ firstWeight: 0, secondWeight: 0, factor: 0 },
}
const both = {
  ...{ first: cpu, second: memory, firstAmount: 3, secondAmount: 5 },
  ...{ firstWeight: 2, secondWeight: 1, factor: 7 },
}

describe('the loop', () => {
  it.each<[string, Choice, LoopScores]>([
    ['no score at all', sumOf(), { freeShare: nothing, balance: nothing }],
    [
      'what stays free of two',
      sumOf(load('least', one, other)),
      { freeShare: both, balance: nothing },
    ],
    [
      'what stays free of one, as the mean of it and of itself',
      sumOf(load('least', one)),
      {
        freeShare: { ...both, second: cpu, secondAmount: 3, secondWeight: 2 },
        balance: nothing,
      },
    ],
    [
      'evenness of two, beside it',
      sumOf(load('balance-change', one, other), load('least', one, other)),
      { freeShare: both, balance: both },
    ],
    [
      'the key of a chain, the least of it first',
      {
        _tag: 'Chain',
        keys: [{ plugin: pluginId(0), raw: load('least', one, other), prefer: 'least' }],
        tie: 'rank',
      },
      { freeShare: { ...both, factor: -1 }, balance: nothing },
    ],
  ])('knows %s', (_, choice, curves) => {
    expect(known(choice)).toEqual(curves)
  })

  it.each<[string, Choice]>([
    ['what stays free of three', sumOf(load('least', one, other, third))],
    ['what stays free of none', sumOf(load('least'))],
    ['what stays free twice', sumOf(load('least', one, other), load('least', one))],
    [
      'evenness twice',
      sumOf(load('balance-change', one, other), load('balance-change', one, other)),
    ],
    ['evenness of one', sumOf(load('balance-change', one))],
    ['what is taken', sumOf(load('most', one, other))],
    ['what is left', sumOf(load('remaining', one))],
    ['ties by a seed', { ...sumOf(load('least', one, other)), tie: { seeded: 1 } }],
    [
      'what is too large for small numbers',
      {
        _tag: 'Sum',
        scores: [{ plugin: pluginId(0), raw: load('least', one), normaliser: 'none', weight: 328 }],
        tie: 'rank',
      },
    ],
    [
      'a score that moves beside',
      {
        _tag: 'Sum',
        scores: [{ plugin: pluginId(0), raw: load('least', one), normaliser: 'max', weight: 1 }],
        tie: 'rank',
      },
    ],
  ])('does not know %s', (_, choice) => {
    expect(known(choice)).toBeUndefined()
  })

  it('does not know a node that answers more than whether it has room', () => {
    const anybody = { facts: { _tag: 'Every', of: [] }, domain: 'node', absent: 'skip' } as const
    const limit: Filter = {
      ...{ _tag: 'Limit', ...source, reason: reasonId(0) },
      ...{ tally: anybody, self: 1, max: 1 },
    }
    expect(known(sumOf(), [fit, limit])).toBeUndefined()
  })
})

describe('what is asked', () => {
  const curves = known(sumOf(load('least', one, third)))!

  it('is what has to be free, where that is looked at, in as many dimensions as are told', () => {
    const query = loopQueryOf(curves, [[cpu, 3]], { width: 4, dimensionCount: 3 })!
    expect([...query.freeMin]).toEqual([3, -Infinity, -Infinity, -Infinity])
    expect(query.freeShare).toBe(curves.freeShare)
  })

  it.each<[string, number, number]>([
    ['has to be free', 3, 4],
    ['is scored', 2, 3],
  ])('is nothing where a dimension that %s is not told', (_, known, enough) => {
    const [, gpu] = batch(empty, (draft) => internDimension(draft, 'gpu'))
    const demand = enough === 4 ? ([[gpu, 1]] as const) : []
    expect(loopQueryOf(curves, demand, { width: 4, dimensionCount: known })).toBeUndefined()
    expect(loopQueryOf(curves, demand, { width: 4, dimensionCount: enough })).toBeDefined()
  })
})
