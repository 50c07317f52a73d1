/**
 * Tests the syncs of StatefulSets against the documentation of Kubernetes, and against its observed
 * behaviour.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statefulTurn, type OrdinalPod, type StatefulTerms } from './stateful-turn.js'
import { statefulUnavailableMax } from './unavailable-max.js'

const anyTerms: fc.Arbitrary<StatefulTerms> = fc.record({
  ...{ replicas: fc.nat(5), start: fc.nat(2), partition: fc.nat(5) },
  ...{ isParallel: fc.boolean(), isOnDelete: fc.boolean() },
  unavailableMax: fc.integer({ min: 1, max: 3 }),
})
const anyPods: fc.Arbitrary<readonly OrdinalPod[]> = fc
  .uniqueArray(
    fc.record({
      ...{ ordinal: fc.nat(7), isLeaving: fc.constantFrom(false, false, false, true) },
      ...{ readiness: fc.nat(3), isUpdated: fc.boolean() },
    }),
    { selector: ({ ordinal }) => ordinal, maxLength: 8 },
  )
  .map((pods) =>
    pods.map(({ readiness, ...pod }) => ({
      ...pod,
      isReady: readiness > 0 && !pod.isLeaving,
      isAvailable: readiness > 1 && !pod.isLeaving,
    })),
  )

type Take = typeof statefulTurn

const inRange = ({ start, replicas }: StatefulTerms, ordinal: number): boolean =>
  ordinal >= start && ordinal < start + replicas

/** No ordinal is made that is there; what is made is wanted; what is ended is there. */
const keepsOrdinals = (take: Take) =>
  fc.property(anyTerms, anyPods, (terms, pods) => {
    const { made, removed } = take(terms, pods)
    const taken = new Set(pods.map(({ ordinal }) => ordinal))
    for (const { ordinal } of made) {
      expect(taken.has(ordinal)).toBe(false)
      expect(inRange(terms, ordinal)).toBe(true)
      taken.add(ordinal)
    }
    for (const { ordinal } of removed)
      expect(pods.find((pod) => pod.ordinal === ordinal)?.isLeaving).toBe(false)
  })

/** An update makes no more pods unavailable than it may, and none below the partition. */
const keepsAvailable = (take: Take) =>
  fc.property(anyTerms, anyPods, (terms, pods) => {
    const own = pods.filter(({ ordinal }) => inRange(terms, ordinal))
    const outdated = take(terms, pods).removed.filter(({ isOutdated }) => isOutdated)
    if (outdated.length === 0) return
    expect(terms.isOnDelete).toBe(false)
    const gone = new Set(outdated.map(({ ordinal }) => ordinal))
    const available = own.filter(({ isAvailable }) => isAvailable)
    const lost = available.filter(({ ordinal }) => gone.has(ordinal)).length
    const missing = terms.replicas - available.length
    expect(lost === 0 || missing + lost <= terms.unavailableMax).toBe(true)
    for (const ordinal of gone) {
      expect(ordinal).toBeGreaterThanOrEqual(terms.start + terms.partition)
      expect(own.find((pod) => pod.ordinal === ordinal)?.isUpdated).toBe(false)
    }
  })

/** An ordered StatefulSet makes or ends one pod at a time, but for an update. */
const goesStepByStep = (take: Take) =>
  fc.property(anyTerms, anyPods, (terms, pods) => {
    if (terms.isParallel) return
    const { made, removed } = take(terms, pods)
    expect(made.length + removed.filter(({ isOutdated }) => !isOutdated).length).toBeLessThan(2)
    const [first] = made
    const before = pods.filter(({ ordinal }) => inRange(terms, ordinal))
    if (first !== undefined)
      for (let ordinal = terms.start; ordinal < first.ordinal; ordinal++)
        expect(before.find((pod) => pod.ordinal === ordinal)?.isAvailable).toBe(true)
  })

describe('a StatefulSet', () => {
  it.each([
    ['never has two pods of one ordinal', keepsOrdinals],
    ['keeps enough pods available', keepsAvailable],
    ['goes step by step', goesStepByStep],
  ] as const)('%s', (_, promise) => {
    fc.assert(promise(statefulTurn), { numRuns: 2000 })
  })

  it.each<readonly [string, (take: Take) => fc.IProperty<unknown>, Take]>([
    [
      'pods that leave do not hold their ordinals',
      keepsOrdinals,
      (terms, pods) =>
        statefulTurn(
          terms,
          pods.filter(({ isLeaving }) => !isLeaving),
        ),
    ],
    [
      'one more may be unavailable',
      keepsAvailable,
      (terms, pods) => statefulTurn({ ...terms, unavailableMax: terms.unavailableMax + 1 }, pods),
    ],
    [
      'the partition does not count',
      keepsAvailable,
      (terms, pods) => statefulTurn({ ...terms, partition: 0 }, pods),
    ],
    [
      'all ordinals are made at once',
      goesStepByStep,
      (terms, pods) => statefulTurn({ ...terms, isParallel: true }, pods),
    ],
  ])('is refuted when %s', (_, promise, take) => {
    expect(isRefuted(promise(take), { runsMax: 5000 })).toBe(true)
  })

  const pod = (ordinal: number, more: Partial<OrdinalPod> = {}): OrdinalPod => ({
    ...{ ordinal, isReady: true, isAvailable: true, isLeaving: false, isUpdated: false, ...more },
  })
  const terms: StatefulTerms = {
    ...{ replicas: 4, start: 0, partition: 0, unavailableMax: 2 },
    ...{ isParallel: false, isOnDelete: false },
  }
  const unready = { isReady: false, isAvailable: false }

  it('does not begin an ordered update while an old pod is not ready, whatever may be missing', () => {
    const pods = [pod(0, unready), pod(1), pod(2), pod(3)]
    expect(statefulTurn(terms, pods)).toEqual({ made: [], removed: [], waitsFor: 0 })
    expect(statefulTurn(terms, [pod(0), pod(1), pod(2), pod(3)]).removed).toEqual([
      { ordinal: 3, isOutdated: true },
      { ordinal: 2, isOutdated: true },
    ])
  })

  it('ends all old pods that are not ready at once when it is parallel', () => {
    const pods = [pod(0, unready), pod(1, unready), pod(2, unready), pod(3)]
    expect(statefulTurn({ ...terms, isParallel: true }, pods).removed).toEqual(
      [2, 1, 0].map((ordinal) => ({ ordinal, isOutdated: true })),
    )
  })

  it('ends what is beyond its size one at a time, the highest first', () => {
    const pods = [0, 1, 2, 3].map((ordinal) => pod(ordinal))
    const smaller = { ...terms, replicas: 2 }
    expect(statefulTurn(smaller, pods).removed).toEqual([{ ordinal: 3, isOutdated: false }])
    const leaving = [...pods.slice(0, 3), pod(3, { ...unready, isLeaving: true })]
    expect(statefulTurn(smaller, leaving)).toEqual({ made: [], removed: [], waitsFor: 3 })
  })

  it.each([
    [undefined, 5, 1],
    ['99%', 3, 2],
    ['0%', 5, 1],
    [0, 5, 1],
    [3, 2, 3],
  ])('may miss %s of %i pods: %i', (portion, replicas, count) => {
    expect(statefulUnavailableMax(portion, replicas)).toBe(count)
  })
})
