/**
 * Tests that pods leave a node with a `NoExecute` taint: at once if they do not tolerate it, or
 * when their `tolerationSeconds` are over.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withConditionTaints } from '../node-lifecycle/condition-taints.js'
import { evictionDelay } from '../node-lifecycle/eviction-delay.js'
import type { Taint, Toleration } from '../words/taint.js'
import { tolerates } from '../lower/toleration.js'
import { nodeJoined, openWorld, webReported, type Happening } from './world.fixture.js'

const changed = (name: string, taints: readonly object[], conditions: readonly object[] = []) => {
  const { node, ...rest } = nodeJoined(name, 10) as Extract<Happening, { _tag: 'NodeJoined' }>
  const { status, ...document } = node as { readonly status: object }
  return {
    ...rest,
    _tag: 'NodeChanged' as const,
    node: { ...document, spec: { taints }, status: { ...status, conditions } },
  }
}
const noExecute = (key: string) => ({ key, effect: 'NoExecute' })

/** Two pods on node one, and another node. */
const settled = (pod: object = {}) => {
  const world = openWorld()
  world.happen(nodeJoined('one', 10), webReported({ replicas: 2 }, { pod }))
  world.wait(5000)
  world.happen(nodeJoined('two', 10))
  return world
}
const placesOf = (world: ReturnType<typeof settled>): readonly string[] =>
  [...world.pods.values()].filter((pod) => pod.stoppedFrom === undefined).map(({ node }) => node)

describe('a taint NoExecute', () => {
  it('ends the pods that do not tolerate it at once, and others come elsewhere', () => {
    const world = settled()
    world.happen(changed('one', [noExecute('k')]))
    expect(world.orders.filter(({ _tag }) => _tag === 'Stop')).toMatchObject([
      { because: 'it does not tolerate the taint k:NoExecute of its node' },
      { because: 'it does not tolerate the taint k:NoExecute of its node' },
    ])
    expect(placesOf(world)).toEqual(['two', 'two'])
  })

  it('ends those that tolerate it for a time when that is over, unless it goes before', () => {
    const tolerations = [
      { key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
    ]
    const world = settled({ tolerations })
    world.happen(changed('one', [noExecute('k')]))
    world.wait(29_000)
    expect(placesOf(world)).toEqual(['one', 'one'])
    // The time goes on, whatever else changes about the node.
    world.happen(changed('one', [noExecute('k'), { key: 'x', effect: 'NoSchedule' }]))
    world.wait(1_000)
    expect(placesOf(world)).toEqual(['two', 'two'])
    const other = settled({ tolerations })
    other.happen(changed('one', [noExecute('k')]))
    other.wait(20_000)
    other.happen(changed('one', []))
    other.wait(20_000)
    expect(placesOf(other)).toEqual(['one', 'one'])
    expect(other.memory().dues.size).toBe(0)
  })

  it('is that of a node that is not ready, which pods tolerate for five minutes by default', () => {
    const world = settled()
    world.happen(changed('one', [], [{ type: 'Ready', status: 'Unknown' }]))
    expect(world.deployment('shop/web').available).toBe(0)
    world.happen(changed('one', []))
    expect(world.deployment('shop/web').available).toBe(2)
    // After a taint the zone waits ten seconds for the next one.
    world.wait(10_000)
    world.happen(changed('one', [], [{ type: 'Ready', status: 'False' }]))
    world.wait(299_000)
    expect(placesOf(world)).toEqual(['one', 'one'])
    world.wait(1_000)
    expect(placesOf(world)).toEqual(['two', 'two'])
  })
})

it('conditions add the taints of the node controller', () => {
  const texts = (taints: readonly Taint[]) => taints.map(({ key, effect }) => `${key}:${effect}`)
  const conditions = [
    { type: 'Ready', status: 'False' },
    { type: 'DiskPressure', status: 'True' },
    { type: 'PIDPressure', status: 'False' },
    { type: 'toString', status: 'True' },
  ]
  const known = [
    { key: 'node.kubernetes.io/not-ready', value: undefined, effect: 'NoExecute' },
  ] as const
  expect(texts(withConditionTaints(known, conditions))).toEqual([
    'node.kubernetes.io/not-ready:NoExecute',
    'node.kubernetes.io/not-ready:NoSchedule',
    'node.kubernetes.io/disk-pressure:NoSchedule',
  ])
})

const anyToleration: fc.Arbitrary<Toleration> = fc.record({
  key: fc.constantFrom(undefined, 'a', 'b'),
  operator: fc.constant('Exists'),
  value: fc.constant(undefined),
  effect: fc.constantFrom(undefined, 'NoExecute', 'NoSchedule'),
  tolerationSeconds: fc.constantFrom<unknown>(undefined, -5, 0, 30, 300),
})
const anyTaint: fc.Arbitrary<Taint> = fc.record({
  key: fc.constantFrom('a', 'b'),
  value: fc.constant(undefined),
  effect: fc.constantFrom('NoExecute', 'NoSchedule'),
})

/** Taint by taint: each is used up when the shortest toleration of it that states a time ends. */
const isShortest = (delayOf: typeof evictionDelay) =>
  fc.property(fc.array(anyToleration), fc.array(anyTaint), (tolerations, taints) => {
    const times = taints
      .filter(({ effect }) => effect === 'NoExecute')
      .map((taint) => {
        const used = tolerations.filter((one) => tolerates([one], taint))
        const stated = used.flatMap(({ tolerationSeconds: time }) =>
          typeof time === 'number' ? [Math.max(0, time)] : [],
        )
        return used.length === 0 ? 0 : Math.min(Infinity, ...stated)
      })
    expect(delayOf(tolerations, taints) ?? Infinity).toBe(Math.min(Infinity, ...times))
  })

it('a pod stays for the shortest time of all taints', () => {
  fc.assert(isShortest(evictionDelay), { numRuns: 1000 })
  const first: typeof evictionDelay = ([one, ...others], taints) =>
    evictionDelay(one === undefined ? others : [one], taints)
  expect(isRefuted(isShortest(first), { runsMax: 1000 })).toBe(true)
})
