/**
 * Tests invariants of one sync of a DaemonSet:
 * 1. An update leaves enough nodes with an available pod.
 * 2. No node gets two pods of one revision.
 * 3. Of two pods on a node, the younger one goes; with a surge, the old one or none.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daemonBounds, daemonTurn, type DaemonBounds, type DaemonNode } from './daemon-turn.js'

type Host = DaemonNode<number, string>

const anyNodes: fc.Arbitrary<readonly Host[]> = fc
  .array(
    fc.record({
      admits: fc.constantFrom('yes', 'yes', 'yes', 'stays', 'no'),
      pods: fc.array(
        fc.record({
          readiness: fc.constantFrom('none', 'ready', 'available'),
          isLeaving: fc.boolean(),
          isUpdated: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 6 },
  )
  .map((nodes) =>
    nodes.map(({ admits, pods }, node) => ({
      ...{ node, shouldRun: admits === 'yes', shouldContinueRunning: admits !== 'no' },
      pods: pods.map(({ readiness, isLeaving, isUpdated }, i) => ({
        ...{ id: `${node}-${i}`, isLeaving, isUpdated, isReady: readiness !== 'none' },
        isAvailable: readiness === 'available' && !isLeaving,
      })),
    })),
  )
const anyBounds: fc.Arbitrary<DaemonBounds> = fc.constantFrom(
  { surge: 0, unavailable: 1 },
  { surge: 0, unavailable: 2 },
  { surge: 1, unavailable: 0 },
  { surge: 2, unavailable: 0 },
)

type Take = (
  nodes: readonly Host[],
  bounds: DaemonBounds,
) => ReturnType<typeof daemonTurn<number, string>>

/** An update without a surge leaves as many nodes served as it must, and one with a surge all. */
const keepsServed = (take: Take) =>
  fc.property(anyNodes, anyBounds, (nodes, bounds) => {
    const { removed } = take(nodes, bounds)
    const gone = new Set(removed.filter(({ isOutdated }) => isOutdated).map(({ id }) => id))
    const hosts = nodes.filter(({ shouldContinueRunning }) => shouldContinueRunning)
    const isServed = ({ pods }: Host, without: ReadonlySet<string>): boolean =>
      pods.some(({ id, isAvailable }) => isAvailable && !without.has(id))
    const before = hosts.filter((host) => isServed(host, new Set()))
    const lost = before.filter((host) => !isServed(host, gone))
    const missing = hosts.length - before.length
    expect(lost.length === 0 || missing + lost.length <= bounds.unavailable).toBe(true)
  })

/** No node has more than one pod of each revision because of a turn. */
const makesOne = (take: Take) =>
  fc.property(anyNodes, anyBounds, (nodes, bounds) => {
    const { made } = take(nodes, bounds)
    expect(new Set(made).size).toBe(made.length)
    for (const node of made) {
      const staying = nodes[node]!.pods.filter(({ isLeaving }) => !isLeaving)
      expect(staying.filter(({ isUpdated }) => isUpdated)).toEqual([])
      expect(nodes[node]!.shouldContinueRunning).toBe(true)
      expect(bounds.surge > 0 || nodes[node]!.pods.length === 0).toBe(true)
    }
  })

/** Of two pods on a node one goes: without a surge the younger, with one the old or none. */
const keepsOneOfTwo = (take: Take) =>
  fc.property(anyNodes, anyBounds, (nodes, bounds) => {
    const gone = new Set(take(nodes, bounds).removed.map(({ id }) => id))
    for (const { shouldContinueRunning, pods } of nodes) {
      const staying = pods.filter(({ isLeaving }) => !isLeaving)
      const [old, fresh] = [false, true].map((isNew) =>
        staying.find(({ isUpdated }) => isUpdated === isNew),
      )
      if (!shouldContinueRunning || staying.length !== 2 || !old || !fresh) continue
      const [, younger] = staying
      const due =
        bounds.surge === 0 ? [younger!.id] : !old.isReady || fresh.isAvailable ? [old.id] : []
      expect(staying.filter(({ id }) => gone.has(id)).map(({ id }) => id)).toEqual(due)
    }
  })

describe('a DaemonSet', () => {
  it('keeps one of two pods', () => {
    fc.assert(keepsOneOfTwo(daemonTurn), { seed: 1, numRuns: 2000 })
  })
  it('is refuted when an old pod waits for the new one although it is not ready', () => {
    const waiting: Take = (nodes, bounds) =>
      daemonTurn(
        nodes.map((node) => ({
          ...node,
          pods: node.pods.map((pod) => ({ ...pod, isReady: true })),
        })),
        bounds,
      )
    expect(isRefuted(keepsOneOfTwo(waiting), { runsMax: 5000 })).toBe(true)
  })

  it('keeps nodes served', () => {
    fc.assert(keepsServed(daemonTurn), { numRuns: 2000 })
  })

  it('makes one pod of a revision on a node', () => {
    fc.assert(makesOne(daemonTurn), { numRuns: 2000 })
  })

  it.each<readonly [string, (take: Take) => fc.IProperty<unknown>, Take]>([
    [
      'one more may be unavailable',
      keepsServed,
      (nodes, { surge, unavailable }) =>
        daemonTurn(nodes, { surge, unavailable: surge > 0 ? 0 : unavailable + 1 }),
    ],
    [
      'new pods count as available at once',
      keepsServed,
      (nodes, bounds) =>
        daemonTurn(
          nodes.map((node) => ({
            ...node,
            pods: node.pods.map((pod) => ({
              ...pod,
              isAvailable: pod.isAvailable || pod.isUpdated,
            })),
          })),
          bounds,
        ),
    ],
    [
      'pods that leave are not seen',
      makesOne,
      (nodes, bounds) =>
        daemonTurn(
          nodes.map((node) => ({ ...node, pods: node.pods.filter(({ isLeaving }) => !isLeaving) })),
          bounds,
        ),
    ],
  ])('is refuted when %s', (_, promise, take) => {
    expect(isRefuted(promise(take), { runsMax: 5000 })).toBe(true)
  })

  it('rounds both shares up, and updates one node where both are 0', () => {
    expect(daemonBounds({ maxUnavailable: '25%' }, 5)).toEqual({ surge: 0, unavailable: 2 })
    expect(daemonBounds({ maxSurge: '10%', maxUnavailable: 0 }, 5)).toEqual({
      ...{ surge: 1, unavailable: 0 },
    })
    expect(daemonBounds({ maxSurge: 0, maxUnavailable: 0 }, 5)).toEqual({
      surge: 0,
      unavailable: 1,
    })
    expect(daemonBounds(undefined, 5)).toEqual({ surge: 0, unavailable: 1 })
  })
})
