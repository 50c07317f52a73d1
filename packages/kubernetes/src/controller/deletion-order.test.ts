/**
 * Tests the order in which the pods of a ReplicaSet are deleted, against a slow reference
 * implementation. Kubernetes compares pods in pairs, and its comparison can run in circles (A
 * before B, B before C, C before A). Where it does not, both orders must be equal.
 */
import { instant, type Instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activePhases, deletionCostOf } from '../memory/pod-life.js'
import { magnitude, podsToDelete, type RankedPod } from './deletion-order.js'

const now = instant(1_790_000_000_000)
const ago = (seconds: number): Instant => instant(now - seconds * 1000)

const anyPod: fc.Arbitrary<RankedPod> = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  uid: fc.constantFrom('u', 'v', 'w', 'x'),
  node: fc.constantFrom(undefined, 'n', 'm'),
  phase: fc.constantFrom(...activePhases),
  readyAt: fc.constantFrom(undefined, ago(3), ago(4), ago(4), ago(9), ago(-1)),
  created: fc.constantFrom(ago(9), ago(10), ago(400)),
  deletionCost: fc.constantFrom(-1, 0, 5),
  restarts: fc.nat(2),
  sidecarRestarts: fc.nat(1),
})
/** Pods that run, are ready and share a node, so that the last keys decide often. */
const anyLikePod = fc
  .record({
    pod: anyPod,
    isAlike: fc.boolean(),
  })
  .map(
    ({ pod, isAlike }): RankedPod =>
      isAlike ? { ...pod, node: 'n', phase: 'Running', deletionCost: 0 } : pod,
  )
const anyPods = fc.array(anyLikePod, { minLength: 3, maxLength: 6 })

type Less = (a: RankedPod, b: RankedPod, related: readonly RankedPod[]) => boolean

/** The order of Kubernetes, key by key, from the table in the header. */
const lessUpstream: Less = (a, b, related) => {
  const neighbours = (pod: RankedPod) => related.filter(({ node }) => node === pod.node).length
  const power = (from: Instant) => {
    const time = BigInt(now - from) * 1_000_000n
    return time <= 0n ? -1 : time.toString(2).length - 1
  }
  const texts = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
  const keys: number[] = [
    Number(a.node !== undefined) - Number(b.node !== undefined),
    activePhases.findIndex((phase) => phase === a.phase) -
      activePhases.findIndex((phase) => phase === b.phase),
    Number(a.readyAt !== undefined) - Number(b.readyAt !== undefined),
    a.deletionCost - b.deletionCost,
    neighbours(b) - neighbours(a),
  ]
  if (a.readyAt !== undefined && b.readyAt !== undefined && a.readyAt !== b.readyAt)
    keys.push(power(a.readyAt) - power(b.readyAt))
  else
    keys.push(
      b.restarts - a.restarts,
      b.sidecarRestarts - a.sidecarRestarts,
      power(a.created) - power(b.created),
    )
  keys.push(texts(a.uid, b.uid), texts(a.name, b.name))
  return (keys.find((difference) => difference !== 0) ?? 0) < 0
}

type Choose = typeof podsToDelete

/** The names in the order in which all pods but the last would go. */
const namesIn = (choose: Choose, pods: readonly RankedPod[]): readonly string[] =>
  choose(pods, pods, pods.length, now).map(({ name }) => name)

/** The most pods that a pod precedes come first, and of equals the first UID. */
const namesByTheBook = (pods: readonly RankedPod[]): readonly string[] => {
  const followers = (pod: RankedPod) =>
    pods.filter((other) => lessUpstream(pod, other, pods)).length
  return [...pods]
    .sort(
      (a, b) =>
        followers(b) - followers(a) ||
        (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : a.name < b.name ? -1 : 1),
    )
    .map(({ name }) => name)
}

const named = (pods: readonly RankedPod[]) => pods.map((pod, i) => ({ ...pod, name: String(i) }))

const agrees = (choose: Choose) =>
  fc.property(anyPods, (drawn) => {
    const pods = named(drawn)
    expect(namesIn(choose, pods)).toEqual(namesByTheBook(pods))
  })

/** Where the order of Kubernetes has no circle, it is that of Kubernetes. */
const isUpstream = (choose: Choose) =>
  fc.property(anyPods, (drawn) => {
    const pods = named(drawn)
    const less: Less = (a, b) => lessUpstream(a, b, pods)
    const hasCircle = pods.some((a) =>
      pods.some((b) => pods.some((c) => less(a, b, []) && less(b, c, []) && less(c, a, []))),
    )
    if (hasCircle) return
    const chosen = choose(pods, pods, pods.length, now)
    for (const [i, pod] of chosen.entries())
      for (const after of chosen.slice(i + 1)) expect(less(pod, after, [])).toBe(true)
  })

const ignoresTheOrder = (choose: Choose) =>
  fc.property(anyPods, fc.nat(6), (drawn, count) => {
    const pods = named(drawn)
    const chosen = choose(pods, pods, count, now)
    const again = choose([...pods].reverse(), pods, count, now)
    expect(again).toEqual(chosen)
  })

/** The choice with pods that are changed before. */
const seeing =
  (change: (pod: RankedPod) => Partial<RankedPod>): Choose =>
  (pods, related, count, at) => {
    const seen = pods.map((pod, i) => ({ ...pod, ...change(pod), at: i }))
    return podsToDelete(seen, related, count, at).map(({ at: i }) => pods[i]!)
  }

describe('the deletion ranking', () => {
  it('is that of its slow twin', () => {
    fc.assert(agrees(podsToDelete), { numRuns: 1000 })
  })

  it('is that of Kubernetes where that has no circle', () => {
    fc.assert(isUpstream(podsToDelete), { numRuns: 1000 })
  })

  it('does not depend on the order of the list', () => {
    fc.assert(ignoresTheOrder(podsToDelete))
  })

  it('is refuted when the list decides', () => {
    const listed: Choose = (pods, _related, count) => pods.slice(0, count)
    expect(isRefuted(ignoresTheOrder(listed))).toBe(true)
  })

  it.each<readonly [string, Choose]>([
    ['phases do not count', seeing(() => ({ phase: 'Running' }))],
    ['neighbours do not count', (pods, _, ...more) => podsToDelete(pods, [], ...more)],
    ['costs do not count', seeing(() => ({ deletionCost: 0 }))],
    ['sidecars do not count', seeing(() => ({ sidecarRestarts: 0 }))],
    [
      'pods of one instant go by UID',
      seeing(({ readyAt }) =>
        readyAt === undefined ? {} : { restarts: 0, sidecarRestarts: 0, created: now },
      ),
    ],
  ])('is refuted when %s', (_, choose) => {
    expect(isRefuted(agrees(choose), { runsMax: 10_000 })).toBe(true)
    expect(isRefuted(isUpstream(choose), { runsMax: 10_000 })).toBe(true)
  })

  it('puts a circle of Kubernetes in the order of the UIDs', () => {
    const pod = (uid: string, readyAgo: number, restarts: number): RankedPod => ({
      ...{ name: uid, uid, node: 'n', phase: 'Running', readyAt: ago(readyAgo), restarts },
      ...{ created: ago(60), deletionCost: 0, sidecarRestarts: 0 },
    })
    const [a, b, c] = [pod('z', 40, 1), pod('a', 40, 0), pod('m', 41, 0)] as const
    expect([lessUpstream(a, b, []), lessUpstream(b, c, []), lessUpstream(c, a, [])]).toEqual([
      ...[true, true, true],
    ])
    expect(namesIn(podsToDelete, [a, b, c])).toEqual(['a', 'm', 'z'])
  })
})

describe('a time as a power of two', () => {
  it('is that of its nanoseconds, in exact numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 2 ** 42 }), (milliseconds) => {
        const exact = BigInt(milliseconds) * 1_000_000n
        const power = exact <= 0n ? -1 : exact.toString(2).length - 1
        // A double of more than 2^53 nanoseconds is rounded, as upstream rounds it.
        return exact > 2n ** 53n
          ? Math.abs(magnitude(milliseconds) - power) <= 1
          : magnitude(milliseconds) === power
      }),
    )
  })
})

it.each([
  [undefined, 0],
  ['-10', -10],
  ['5', 5],
  ['0', 0],
  ['-08', -8],
  ['008', 0],
  ['+3', 0],
  ['junk', 0],
  ['3000000000', 0],
])('reads the deletion cost %s as %s', (annotation, cost) => {
  expect(deletionCostOf(annotation)).toBe(cost)
})
