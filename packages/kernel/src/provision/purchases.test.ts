/**
 * Tests of purchases: the replicas that they cover fit once the nodes have joined, and no node is
 * bought in vain.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch } from '../cluster/batch.js'
import { empty } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { define, join } from '../cluster/write.js'
import { encode } from '../encode/encode.js'
import { place } from '../place/place.js'
import { classSpecOf, limit, nodeSpecOf, tallyOf } from '../rule/constructors.js'
import { internWord } from '../cluster/intern.js'
import { cpu } from '../rule/dimension.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { NodeId } from '../rule/id.js'
import type { LowerNode } from './lower-node.js'
import type { FleetPool } from './pool.js'
import type { OfferedNode } from './pool.js'
import { purchases, type OpenFleet } from './purchases.js'

/** An offering is its amount of CPU. */
const lowerNode: LowerNode = (_, amount, name) =>
  typeof amount === 'number'
    ? E.right(nodeSpecOf(name, [[cpu, amount]]))
    : E.left({ at: ['cpu'], found: String(amount), expected: 'a number' })

const fleetOf = (name: string, offerings: readonly unknown[], room: number): OpenFleet => {
  const pool: FleetPool = {
    ...{ _tag: 'Fleet', name, min: 0, max: room },
    ...{ warmUp: 1, idleFor: 1, offerings },
  }
  return { pool, room, nameOf: (index) => `${name}-${index}` }
}

/** A class that occupies so much, at most so many of it on a node. */
interface AnyShortage {
  readonly size: number
  readonly perNode: number
  readonly count: number
  readonly fleets: readonly string[]
}
const names = ['a', 'b']
const anyShortage: fc.Arbitrary<AnyShortage> = fc.record({
  size: fc.integer({ min: 1, max: 12 }),
  perNode: fc.integer({ min: 1, max: 4 }),
  count: fc.nat(8),
  fleets: fc.shuffledSubarray(names, { minLength: 1 }),
})
const anyCase = fc.record({
  offerings: fc.record({
    a: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
    b: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
  }),
  rooms: fc.record({ a: fc.nat(4), b: fc.nat(4) }),
  coming: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
  shortages: fc.array(anyShortage, { maxLength: 4 }),
})
type AnyCase = typeof anyCase extends fc.Arbitrary<infer One> ? One : never

const defineOne = (draft: Draft, { size, perNode }: AnyShortage, i: number) => {
  const fact = internWord(draft, `class ${i}`)
  const filters = [limit(tallyOf(fact, 'node'), perNode)]
  return getOrThrow(define(draft, classSpecOf([[cpu, size]], { facts: [fact], filters })))
}

/** Lets all nodes join, those that were coming first, and places all shortages on them. */
const hasRoom = (buy: typeof purchases) =>
  fc.property(anyCase, ({ offerings, rooms, coming, shortages }: AnyCase) => {
    const fleets = new Map(
      names.map((name) => {
        const key = name as 'a' | 'b'
        return [name, fleetOf(name, offerings[key], rooms[key])] as const
      }),
    )
    const onTheWay = coming.map(
      (pool, i): OfferedNode => ({
        ...{ pool, offering: 0, node: `coming ${i}` },
      }),
    )
    const [before, classes] = batch(empty, (draft) =>
      shortages.map((one, i) => defineOne(draft, one, i)),
    )
    const wanted = shortages.map(({ count, fleets: of }, i) => ({
      ...{ class: classes[i]!, count, fleets: of },
    }))
    const [tried, { nodes, covered }] = batch(before, (draft) =>
      getOrThrow(buy(draft, lowerNode, fleets, onTheWay, wanted)),
    )
    expect(encode(tried).join()).toBe(encode(batch(before, () => 0)[0]).join())
    for (const name of names) {
      const own = nodes.filter(({ pool }) => pool === name)
      expect(own.length).toBeLessThanOrEqual(rooms[name as 'a' | 'b'])
    }
    batch(before, (draft) => {
      const joined = [...onTheWay, ...nodes].map(({ pool, offering, node }) => {
        const spec = getOrThrow(lowerNode(draft, fleets.get(pool)!.pool.offerings[offering], node))
        return [pool, getOrThrow(join(draft, spec))] as const
      })
      const used = new Set<NodeId>()
      const counts = wanted.map(({ class: of, count, fleets: from }) => {
        const only = from.flatMap((name) =>
          joined.flatMap(([pool, id]) => (pool === name ? [id] : [])),
        )
        const { placed } = place(draft, [{ class: of, count, only }]).answers[0]!
        for (const { node } of placed) used.add(node)
        return placed.length
      })
      const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
      expect(sum(counts)).toBeGreaterThanOrEqual(sum(covered) > 0 ? 1 : 0)
      expect(covered.every((count, i) => count <= wanted[i]!.count)).toBe(true)
      if (wanted.length === 1) expect(counts).toEqual(covered)
      if (wanted.length === 1)
        for (const [, id] of joined.slice(onTheWay.length)) expect(used.has(id)).toBe(true)
    })
  })

describe('purchases', () => {
  it('give room to what they cover, and no node in vain', () => fc.assert(hasRoom(purchases)))
  it.each<[string, typeof purchases]>([
    [
      'the room of a fleet is not looked at',
      (draft, lower, fleets, coming, wanted) =>
        purchases(
          draft,
          lower,
          new Map([...fleets].map(([name, one]) => [name, { ...one, room: 9 }])),
          coming,
          wanted,
        ),
    ],
    [
      'what is coming is not counted',
      (draft, lower, fleets, _, wanted) => purchases(draft, lower, fleets, [], wanted),
    ],
    [
      'one more is said to be covered',
      (...of) =>
        pipe(
          purchases(...of),
          E.map((found) => ({
            ...found,
            covered: found.covered.map((count) => count + 1),
          })),
        ),
    ],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(hasRoom(broken))).toBe(true)
  })

  it('take the first offering on which a replica fits', () => {
    const [, bought] = batch(empty, (draft) =>
      getOrThrow(
        purchases(
          draft,
          lowerNode,
          new Map([['a', fleetOf('a', [2, 7, 20], 9)]]),
          [],
          [
            {
              class: defineOne(draft, { size: 5, perNode: 9, count: 3, fleets: ['a'] }, 0),
              count: 3,
              fleets: ['a'],
            },
          ],
        ),
      ),
    )
    expect(bought.nodes.map(({ node, offering }) => [node, offering])).toEqual([
      ['a-0', 1],
      ['a-1', 1],
      ['a-2', 1],
    ])
  })

  it('name an offering that is no node', () => {
    batch(empty, (draft) => {
      const made = defineOne(draft, { size: 1, perNode: 1, count: 1, fleets: ['a'] }, 0)
      const fleets = new Map([['a', fleetOf('a', ['big'], 1)]])
      expect(
        purchases(draft, lowerNode, fleets, [], [{ class: made, count: 1, fleets: ['a'] }]),
      ).toEqual(E.left({ at: ['a', 'offerings', 0, 'cpu'], found: 'big', expected: 'a number' }))
    })
  })
})
