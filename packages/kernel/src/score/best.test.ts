/**
 * Tests the tie-break among the best nodes: a hash of the seed and of the replica's id selects the
 * k-th node.
 */
import { build, plainClass, plainNode, isRefuted } from '@stowage/testing'
import { explainByName } from '../../../testing/src/picture/answer.js'
import { tieTwin } from '../../../testing/src/twin/tie.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pick } from './best.js'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** Who is taken by the first replica of all, of so many nodes that are alike. */
const takenOf = (nodes: number, seed: number): string | undefined => {
  const { cluster, classes } = build({
    nodes: names.slice(0, nodes).map((name) => ({ ...plainNode, name })),
    classes: [{ ...plainClass, choice: { _tag: 'Chain', keys: [], tie: { seeded: seed } } }],
    replicas: [],
  })
  return explainByName(cluster, { class: classes[0]! }).chosen
}

const anySeed = fc.oneof(fc.integer(), fc.maxSafeInteger())
const agrees = (taken: typeof takenOf) =>
  fc.property(
    fc.integer({ min: 1, max: names.length }),
    anySeed,
    (nodes, seed) => taken(nodes, seed) === tieTwin({ seeded: seed }, names.slice(0, nodes), 0),
  )

it('takes the k-th of the best, k being a hash of the seed', () => fc.assert(agrees(takenOf)))

it.each<[string, typeof takenOf]>([
  ['the seed is cut to 32 bits', (nodes, seed) => takenOf(nodes, seed | 0)],
  ['the seed has no sign', (nodes, seed) => takenOf(nodes, Math.abs(seed))],
  ['the last is never taken', (nodes, seed) => takenOf(Math.max(nodes - 1, 1), seed)],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})

it('gives the same everywhere and for ever', () => {
  const taken = [0, 1, -1, 42, 2 ** 32, Number.MAX_SAFE_INTEGER].map((seed) => takenOf(7, seed))
  expect(taken.join('')).toBe('cfbdga')
})

it('takes each of the best about as often as the others', () => {
  const taken = Array.from({ length: 700 }, (_, seed) => takenOf(7, seed))
  for (const name of names) {
    const times = taken.filter((other) => other === name).length
    expect(times).toBeGreaterThan(60)
    expect(times).toBeLessThan(140)
  }
})

describe('a replica that is not the first of all', () => {
  const best = { positions: Int32Array.from(names, (_, i) => i), count: names.length }

  /** Ids of rows that were used before are large: 2^26 and above. */
  const anyId = fc.oneof(fc.nat(100), fc.maxSafeNat())
  const agreesOf = (picking: typeof pick) =>
    fc.property(anySeed, anyId, (seeded, replica) => {
      const taken = names[picking({ seeded }, best, replica)]
      expect(taken).toBe(tieTwin({ seeded }, names, replica))
    })

  it('takes the k-th too, k being a hash of the seed and its id', () => fc.assert(agreesOf(pick)))

  it.each<[string, typeof pick]>([
    ['the id has no say', (tie, among) => pick(tie, among, 0)],
    ['the id is cut to 32 bits', (tie, among, replica) => pick(tie, among, replica >>> 0)],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agreesOf(broken))).toBe(true)
  })

  it('gives the same everywhere and for ever', () => {
    const ids = [1, 2, 2 ** 26, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]
    expect(ids.map((id) => names[pick({ seeded: 42 }, best, id)]).join('')).toBe('bfafgde')
  })
})
