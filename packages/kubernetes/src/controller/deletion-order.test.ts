/**
 * Holds the deletion ranking to a slow twin, and checks that it is a total order, which that of
 * Kubernetes is not.
 */
import { instant, type Instant } from '@stowage/kernel'
import { refuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activePhases, deletionCostOf } from '../memory/pod-life.js'
import { deletionOrder, magnitude, podsToDelete, type RankedPod } from './deletion-order.js'

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

/** The documented order, key by key, from the table in the header. */
const lessByTheBook: Less = (a, b, related) => {
  const neighbours = (pod: RankedPod) => related.filter(({ node }) => node === pod.node).length
  const power = (from: Instant) => {
    const time = BigInt(now - from) * 1_000_000n
    return time <= 0n ? -1 : time.toString(2).length - 1
  }
  const differences: number[] = [
    Number(a.node !== undefined) - Number(b.node !== undefined),
    activePhases.indexOf(a.phase) - activePhases.indexOf(b.phase),
    Number(a.readyAt !== undefined) - Number(b.readyAt !== undefined),
    a.deletionCost - b.deletionCost,
    neighbours(b) - neighbours(a),
  ]
  const texts = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
  if (a.readyAt !== undefined && b.readyAt !== undefined)
    differences.push(power(a.readyAt) - power(b.readyAt), texts(a.uid, b.uid))
  else
    differences.push(
      b.restarts - a.restarts,
      b.sidecarRestarts - a.sidecarRestarts,
      power(a.created) - power(b.created),
      texts(a.uid, b.uid),
    )
  differences.push(texts(a.name, b.name))
  return (differences.find((difference) => difference !== 0) ?? 0) < 0
}

/**
 * The order of Kubernetes: of pods that are ready, those that became so at the same instant go on
 * to restarts and age.
 */
const lessUpstream: Less = (a, b, related) => {
  const isTied = a.readyAt !== undefined && a.readyAt === b.readyAt
  if (!isTied) return lessByTheBook(a, b, related)
  const unready = { readyAt: undefined }
  return lessByTheBook({ ...a, ...unready }, { ...b, ...unready }, related)
}

const ours: Less = (a, b, related) => deletionOrder(related, now).compare(a, b) < 0

const agrees = (less: Less) =>
  fc.property(anyPods, ([a, b, ...more]) => {
    const related = [a!, ...more]
    return less(a!, b!, related) === lessByTheBook(a!, b!, related)
  })

const isTransitive = (less: Less) =>
  fc.property(anyPods, ([a, b, c, ...more]) => {
    const isLess = (one: RankedPod, other: RankedPod) => less(one, other, more)
    return !(isLess(a!, b!) && isLess(b!, c!)) || isLess(a!, c!)
  })

const isTotal = (less: Less) =>
  fc.property(anyPods, ([a, b, ...more]) => {
    const isTied = a!.uid === b!.uid && a!.name === b!.name
    return isTied || less(a!, b!, more) !== less(b!, a!, more)
  })

type Choose = typeof podsToDelete

const ignoresTheOrder = (choose: Choose) =>
  fc.property(anyPods, fc.nat(6), (drawn, count) => {
    const pods = drawn.map((pod, i) => ({ ...pod, name: String(i) }))
    const chosen = choose(pods, pods, count, now)
    const again = choose([...pods].reverse(), pods, count, now)
    expect(again).toEqual(chosen)
  })

describe('the deletion ranking', () => {
  it('is that of its slow twin', () => {
    fc.assert(agrees(ours))
  })

  it('is transitive', () => {
    fc.assert(isTransitive(ours), { numRuns: 1000 })
  })

  it('is total', () => {
    fc.assert(isTotal(ours), { numRuns: 1000 })
  })

  it('does not depend on the order of the list', () => {
    fc.assert(ignoresTheOrder(podsToDelete))
  })

  it('is refuted as Kubernetes has it: it differs, and is not transitive', () => {
    expect(refuted(agrees(lessUpstream))).toBe(true)
    expect(refuted(isTransitive(lessUpstream), { runsMax: 100_000 })).toBe(true)
  })

  it('is refuted when names are no key, and when the list decides', () => {
    const nameless: Less = (a, b, related) => ours({ ...a, name: '' }, { ...b, name: '' }, related)
    expect(refuted(isTotal(nameless))).toBe(true)
    const listed: Choose = (pods, _related, count) => pods.slice(0, count)
    expect(refuted(ignoresTheOrder(listed))).toBe(true)
  })

  it.each<readonly [string, Less]>([
    [
      'phases do not count',
      (a, b, all) => ours({ ...a, phase: 'Running' }, { ...b, phase: 'Running' }, all),
    ],
    ['neighbours do not count', (a, b) => ours(a, b, [])],
    [
      'costs do not count',
      (a, b, all) => ours({ ...a, deletionCost: 0 }, { ...b, deletionCost: 0 }, all),
    ],
    [
      'sidecars do not count',
      (a, b, all) => ours({ ...a, sidecarRestarts: 0 }, { ...b, sidecarRestarts: 0 }, all),
    ],
  ])('is refuted when %s', (_, less) => {
    expect(refuted(agrees(less))).toBe(true)
  })

  it('lets Kubernetes go round in a circle where it does not', () => {
    const pod = (uid: string, readyAgo: number, restarts: number): RankedPod => ({
      ...{ name: uid, uid, node: 'n', phase: 'Running', readyAt: ago(readyAgo), restarts },
      ...{ created: ago(60), deletionCost: 0, sidecarRestarts: 0 },
    })
    const [a, b, c] = [pod('z', 40, 1), pod('a', 40, 0), pod('m', 41, 0)] as const
    expect([lessUpstream(a, b, []), lessUpstream(b, c, []), lessUpstream(c, a, [])]).toEqual([
      ...[true, true, true],
    ])
    expect([ours(b, c, []), ours(c, a, []), ours(b, a, [])]).toEqual([true, true, true])
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
