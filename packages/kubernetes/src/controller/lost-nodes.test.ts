/**
 * Tests how fast lost nodes are tainted: against the documented rates, and against a slow reference
 * implementation that advances the token buckets second by second.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorld, webReported, type Happening } from './world.fixture.js'

type Readiness = 'True' | 'False' | 'Unknown'

/** In the order in which they join, which is by name at one instant. */
const nameOf = (i: number): string => `n${String(i).padStart(2, '0')}`

const nodeOf = (i: number, zone: string, ready: Readiness) => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: { name: nameOf(i), labels: { 'topology.kubernetes.io/zone': zone } },
  status: {
    allocatable: { cpu: '100m', memory: '64Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: ready }],
  },
})
const turned = (i: number, zone: string, ready: Readiness, tag: 'NodeJoined' | 'NodeChanged') =>
  ({ _tag: tag, name: nameOf(i), node: nodeOf(i, zone, ready) }) satisfies Happening

/** A history: the zones of the nodes, and which node turns in which second. */
interface History {
  readonly zones: readonly string[]
  readonly turns: readonly { readonly at: number; readonly node: number; readonly to: Readiness }[]
}

/** The nodes that are tainted after each second. */
const played = ({ zones, turns }: History, seconds: number): readonly string[] => {
  const world = openWorld()
  world.happen(...zones.map((zone, i) => turned(i, zone, 'True', 'NodeJoined')))
  return Array.from({ length: seconds }, (_, second) => {
    const now = turns.filter(({ at }) => at === second)
    if (now.length > 0)
      world.happen(...now.map(({ node, to }) => turned(node, zones[node]!, to, 'NodeChanged')))
    const tainted = [...world.memory().taints.keys()].sort((a, b) => a - b).join(' ')
    world.wait(1000)
    return tainted
  })
}

/** The twin: each second it marks, judges the zones, and spends tokens. */
const byTheBook = (
  { zones, turns }: History,
  seconds: number,
  { slow = 0.01, share = 0.55 } = {},
): readonly string[] => {
  const isReady = zones.map(() => true)
  const tainted = new Set<number>()
  const queues = new Map<string, number[]>()
  const buckets = new Map<string, { rate: number; tokens: number }>()
  let states = new Map<string, string>()
  for (const zone of zones) {
    queues.set(zone, [])
    buckets.set(zone, { rate: 0.1, tokens: 1 })
  }
  const stateOf = (zone: string): string => {
    const own = zones.flatMap((one, i) => (one === zone ? [isReady[i]!] : []))
    const lost = own.filter((ready) => !ready).length
    if (lost === own.length) return 'full'
    return lost > 2 && lost / own.length >= share ? 'partial' : 'normal'
  }
  const swap = (zone: string, rate: number): void => {
    const bucket = buckets.get(zone)!
    if (bucket.rate === rate) return
    const hadToken = bucket.rate > 0 && bucket.tokens >= 1 - 1e-9
    buckets.set(zone, { rate, tokens: hadToken ? 1 : 0 })
  }
  const grant = (): void => {
    for (const [zone, queue] of queues) {
      const bucket = buckets.get(zone)!
      while (queue.length > 0 && bucket.rate > 0 && bucket.tokens >= 1 - 1e-9) {
        tainted.add(queue.shift()!)
        bucket.tokens -= 1
      }
    }
  }
  return Array.from({ length: seconds }, (_, second) => {
    for (const bucket of buckets.values())
      bucket.tokens = Math.min(1, bucket.tokens + (second === 0 ? 0 : bucket.rate))
    // A timer of this second goes off before what happens in it.
    grant()
    for (const { node, to } of turns.filter(({ at }) => at === second))
      isReady[node] = to === 'True'
    zones.forEach((zone, i) => {
      const queue = queues.get(zone)!
      if (isReady[i]) {
        tainted.delete(i)
        queues.set(
          zone,
          queue.filter((one) => one !== i),
        )
      } else if (!tainted.has(i) && !queue.includes(i)) queue.push(i)
    })
    const next = new Map([...queues.keys()].map((zone) => [zone, stateOf(zone)] as const))
    const isAll = [...next.values()].every((state) => state === 'full')
    const wasAll = states.size > 0 && [...states.values()].every((state) => state === 'full')
    for (const [zone, state] of next) {
      const { length } = zones.filter((one) => one === zone)
      const rate = isAll ? 0 : state === 'partial' ? (length > 50 ? slow : 0) : 0.1
      if ((states.get(zone) ?? 'initial') !== state || isAll !== wasAll) swap(zone, rate)
    }
    if (isAll && !wasAll) {
      tainted.clear()
      for (const zone of queues.keys())
        queues.set(
          zone,
          zones.flatMap((one, i) => (one === zone ? [i] : [])),
        )
    }
    states = next
    grant()
    return [...tainted].sort((a, b) => a - b).join(' ')
  })
}

const anyHistory = fc
  .record({
    zones: fc.oneof(
      { weight: 4, arbitrary: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 7 }) },
      { weight: 1, arbitrary: fc.constant(Array.from({ length: 60 }, () => 'a')) },
    ),
    drawn: fc.array(
      fc.record({
        at: fc.nat(60),
        node: fc.nat(1000),
        count: fc.constantFrom(1, 1, 2, 4, 40),
        to: fc.constantFrom<Readiness>('False', 'Unknown', 'False', 'True'),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ zones, drawn }): History => {
    const turns = new Map<string, History['turns'][number]>()
    for (const { at, node, count, to } of drawn)
      for (let i = 0; i < Math.min(count, zones.length); i++) {
        const which = (node + i) % zones.length
        turns.set(`${at} ${which}`, { at, node: which, to })
      }
    return { zones, turns: [...turns.values()] }
  })

const agrees = (book: typeof byTheBook, seconds = 130) =>
  fc.property(anyHistory, (history) => {
    expect(played(history, seconds)).toEqual(book(history, seconds))
  })

describe('lost nodes', () => {
  it('are tainted when their turn comes', () => {
    fc.assert(agrees(byTheBook), { numRuns: 120, seed: 1 })
  })
  it('are refuted when a large zone is not slower, or a zone is ill later', () => {
    const fast: typeof byTheBook = (history, seconds) => byTheBook(history, seconds, { slow: 0.1 })
    const late: typeof byTheBook = (history, seconds) => byTheBook(history, seconds, { share: 0.8 })
    expect(isRefuted(agrees(fast), { runsMax: 500 })).toBe(true)
    expect(isRefuted(agrees(late), { runsMax: 500 })).toBe(true)
  })

  const allAt = (at: number, count: number, to: Readiness = 'False') =>
    Array.from({ length: count }, (_, node) => ({ at, node, to }))
  const zoneOf = (nodes: number) => Array.from({ length: nodes }, () => 'a')

  it('go one after the other, ten seconds apart', () => {
    const seen = played({ zones: zoneOf(5), turns: allAt(0, 2) }, 12)
    expect([seen[0], seen[9], seen[10]]).toEqual(['0', '0', '0 1'])
  })
  it('are left alone in a small zone of which more than half is lost, until it is better', () => {
    const turns = [...allAt(0, 3), { at: 20, node: 0, to: 'True' as const }]
    const seen = played({ zones: zoneOf(5), turns }, 42)
    expect([seen[19], seen[29], seen[30], seen[39], seen[40]]).toEqual(['', '', '1', '1', '1 2'])
  })
  it('go a hundred seconds apart in a large zone of which more than half is lost', () => {
    const seen = played({ zones: zoneOf(60), turns: allAt(0, 40) }, 102)
    expect([seen[0], seen[99], seen[100]]).toEqual(['0', '0', '0 1'])
  })
  it('keep their pods while every node of every zone is lost', () => {
    const world = openWorld()
    world.happen(turned(0, 'a', 'True', 'NodeJoined'), webReported({ replicas: 1 }))
    world.wait(5000)
    world.happen(turned(0, 'a', 'Unknown', 'NodeChanged'))
    world.wait(3_600_000)
    expect(world.orders.filter(({ _tag }) => _tag === 'Stop')).toEqual([])
    expect(world.deployment('shop/web').available).toBe(0)
    world.happen(turned(1, 'b', 'True', 'NodeJoined'))
    world.wait(309_000)
    expect(world.pods.size).toBe(1)
    world.wait(5000)
    expect([...world.pods.values()].map(({ node }) => node)).toEqual(['n01'])
  })
  it('are as ever when all is well again', () => {
    const world = openWorld()
    const zones = zoneOf(3)
    world.happen(...zones.map((zone, i) => turned(i, zone, 'True', 'NodeJoined')))
    world.happen(turned(0, 'a', 'False', 'NodeChanged'))
    world.happen(turned(0, 'a', 'True', 'NodeChanged'))
    world.wait(20_000)
    world.happen(turned(1, 'a', 'False', 'NodeChanged'))
    world.happen(turned(1, 'a', 'True', 'NodeChanged'))
    const { lost, taints, dues } = world.memory()
    expect([lost.size, taints.size, dues.size]).toEqual([0, 0, 0])
  })
})
