/**
 * Tests preemption: victims that would violate a disruption budget, their order by importance, and
 * the choice of nodes.
 */
import { describe, expect, it } from 'vitest'
import { selectorOf } from '../words/label-selector.js'
import { splitByBudgets, type Budget } from './budget.js'
import { byImportance, type PlacedPod } from './importance.js'
import { bestCandidates } from './nominate.js'
import type { Victims } from './victims.js'

const pod = (name: string, more: Partial<PlacedPod> = {}): PlacedPod => ({
  name: `default/${name}`,
  namespace: 'default',
  labels: new Map([['app', 'web']]),
  priority: 0,
  startTime: '2026-01-01T00:00:00Z',
  class: 0 as PlacedPod['class'],
  replica: 0 as PlacedPod['replica'],
  phase: 'running',
  isPreempted: false,
  ...more,
})
const budget = (more: Partial<Budget> = {}): Budget => ({
  namespace: 'default',
  selector: selectorOf(new Map([['app', 'web']])),
  allowed: 1,
  disrupted: new Set(),
  ...more,
})
const violating = (pods: readonly PlacedPod[], ...budgets: readonly Budget[]) =>
  splitByBudgets(pods, budgets)[0].map(({ name }) => name.slice(8))

describe('a budget', () => {
  const three = ['a', 'b', 'c'].map((name) => pod(name))

  it('is overdrawn by those who come after what it allows', () => {
    expect(violating(three, budget())).toEqual(['b', 'c'])
    expect(violating(three, budget({ allowed: 0 }))).toEqual(['a', 'b', 'c'])
  })

  it.each<[string, Partial<Budget>]>([
    ['of another namespace', { namespace: 'other' }],
    ['that selects others', { selector: selectorOf(new Map([['app', 'db']])) }],
    ['that selects everything', { selector: selectorOf(new Map()) }],
    ['that selects nothing', { selector: undefined }],
  ])('%s is not asked', (_, more) => {
    expect(violating(three, budget({ allowed: 0, ...more }))).toEqual([])
  })

  it('does not count a pod that was taken off it already, nor one without labels', () => {
    const disrupted = new Set(['a'])
    expect(violating(three, budget({ disrupted }))).toEqual(['c'])
    expect(violating([pod('a', { labels: new Map() })], budget({ allowed: 0 }))).toEqual([])
  })

  it('is not drawn on by a pod that overdraws one before it', () => {
    const [strict, other] = [budget({ allowed: 0 }), budget({ allowed: 1 })]
    expect(splitByBudgets(three, [strict, other])[0]).toEqual(three)
    expect(violating(three, other, strict)).toEqual(['a', 'b', 'c'])
  })
})

it('matters more with a higher priority, then when it began earlier, and least without a start', () => {
  const pods = [
    pod('new', { startTime: undefined }),
    pod('late', { startTime: '2026-01-02T00:00:00Z' }),
    pod('high', { priority: 1, startTime: undefined }),
    pod('early'),
  ]
  expect([...pods].sort(byImportance).map(({ name }) => name.slice(8))).toEqual([
    'high',
    'early',
    'late',
    'new',
  ])
})

describe('the best of several nodes', () => {
  const on = (
    node: number,
    violations: number,
    ...pods: readonly Partial<PlacedPod>[]
  ): Victims => ({
    node: node as Victims['node'],
    pods: pods.map((more) => pod('x', more)),
    violations,
  })
  const best = (...candidates: readonly Victims[]) =>
    bestCandidates(candidates).map(({ node }) => node)

  it.each<[string, Victims, Victims]>([
    ['overdraws fewer budgets', on(1, 0, {}, {}), on(2, 1, {})],
    ['has victims of lower priority', on(1, 0, { priority: 1 }, {}), on(2, 0, { priority: 2 })],
    [
      'has the lower sum of priorities',
      on(1, 0, { priority: 2 }, { priority: -5 }),
      on(2, 0, { priority: 2 }, { priority: -4 }),
    ],
    ['has fewer victims', on(1, 0, {}), on(2, 0, {}, { priority: -2_147_483_648 })],
    ['has victims that began later', on(1, 0, { startTime: '2026-01-02T00:00:00Z' }), on(2, 0, {})],
  ])('%s', (_, better, worse) => {
    expect(best(better, worse)).toEqual([1])
    expect(best(worse, better)).toEqual([1])
  })

  it('is any of those that nothing tells apart, in their order, and none of none', () => {
    expect(best(on(2, 0, {}), on(1, 0, {}))).toEqual([2, 1])
    expect(best()).toEqual([])
  })
})
