/**
 * Tests of supply plans, the results of `provision`. When the planned nodes are launched and the
 * replicas placed by scan, the nodes hold what the plan says, no further replica fits, and the cost
 * is not below the lower bound.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch } from '../cluster/batch.js'
import { empty, type Cluster } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { internWord } from '../cluster/intern.js'
import { bind, define, join } from '../cluster/write.js'
import { encode } from '../encode/encode.js'
import { place } from '../place/place.js'
import {
  classSpecOf,
  limit,
  need,
  nodeSpecOf,
  requireThat,
  skew,
  tallyOf,
} from '../rule/constructors.js'
import { cpu, memory } from '../rule/dimension.js'
import type { Filter } from '../rule/filter.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import type { ClassId, NodeId } from '../rule/id.js'
import { openNode } from './offered-node.js'
import type { Offering } from './offering.js'
import { provision } from './provision.js'
import type { SupplyPlan } from './supply-plan.js'

const kinds = [
  'plain',
  'apart',
  'spread',
  'spread over nodes',
  'together',
  'near',
  'port',
  'pinned',
] as const

const anyWorkload = fc.record({
  kind: fc.constantFrom(...kinds),
  cpu: fc.nat(6),
  memory: fc.nat(6),
  count: fc.nat(7),
  priority: fc.nat(1),
})
const anyOffering = fc.record({
  zone: fc.nat(2),
  cpu: fc.integer({ min: 1, max: 12 }),
  memory: fc.integer({ min: 1, max: 12 }),
  price: fc.nat(20),
  countMax: fc.option(fc.nat(3), { nil: undefined }),
  daemons: fc.nat(1),
})
const anyCase = fc.record({
  workloads: fc.array(anyWorkload, { minLength: 1, maxLength: 4 }),
  offerings: fc.array(anyOffering, { minLength: 1, maxLength: 4 }),
  existing: fc.array(fc.record({ zone: fc.nat(2), runs: fc.nat(3) }), { maxLength: 2 }),
})
type AnyCase = typeof anyCase extends fc.Arbitrary<infer One> ? One : never

interface World {
  readonly before: Cluster
  readonly requests: readonly { readonly class: ClassId; readonly count: number }[]
  readonly offerings: readonly Offering[]
}

const worldOf = ({ workloads, offerings, existing }: AnyCase): World => {
  const [before, made] = batch(empty, (draft) => {
    const [zone, host] = [internWord(draft, 'zone'), internWord(draft, 'host')]
    const zones = ['a', 'b', 'c'].map((name) => internWord(draft, name))
    const facts = workloads.map((_, i) => internWord(draft, `app ${i}`))
    const port = internWord(draft, 'port')
    const filtersOf = (kind: (typeof kinds)[number], i: number): readonly Filter[] => {
      const own = facts[i]!
      switch (kind) {
        case 'plain':
          return []
        case 'apart':
          return [limit(tallyOf(own, host, { absent: 'skip' }), 1)]
        case 'spread':
          return [skew(tallyOf(own, zone, { absent: 'refuse' }), 1)]
        case 'spread over nodes':
          return [skew(tallyOf(own, 'node'), 1)]
        case 'together':
          return [need({ _tag: 'Fact', word: own }, [zone], { firstMayStart: true })]
        case 'near':
          return [need({ _tag: 'Fact', word: facts[(i + 1) % facts.length]! }, [host])]
        case 'port':
          return [limit(tallyOf(port, 'node'), 0, { self: 0 })]
        case 'pinned':
          return [requireThat({ _tag: 'In', key: zone, values: [zones[0]!] })]
      }
    }
    const daemon = getOrThrow(define(draft, classSpecOf([[cpu, 1]])))
    const classes = workloads.map(({ kind, priority, ...sizes }, i) =>
      getOrThrow(
        define(
          draft,
          classSpecOf(
            [
              [cpu, sizes.cpu],
              [memory, sizes.memory],
            ],
            {
              facts: kind === 'port' ? [facts[i]!, port] : [facts[i]!],
              ...{ filters: filtersOf(kind, i), priority },
            },
          ),
        ),
      ),
    )
    for (const [i, one] of existing.entries()) {
      const node = getOrThrow(
        join(draft, nodeSpecOf(`old ${i}`, [[cpu, 9]], { attributes: [[zone, zones[one.zone]!]] })),
      )
      for (let k = 0; k < one.runs; k++)
        getOrThrow(bind(draft, classes[k % classes.length]!, node, 'running'))
    }
    return {
      requests: workloads.map(({ count }, i) => ({ class: classes[i]!, count })),
      offerings: offerings.map(
        ({ zone: at, cpu: cpus, memory: bytes, price, countMax, daemons }, i): Offering => ({
          prefix: `type-${i % 2}`,
          capacity: [
            [cpu, cpus],
            [memory, bytes],
          ],
          ...{ attributes: [[zone, zones[at]!]], marks: [], named: [host], price },
          ...(countMax === undefined ? {} : { countMax }),
          holds: [{ class: daemon, count: daemons }],
        }),
      ),
    }
  })
  return { before, ...made }
}

type Provision = (draft: Draft, world: World) => SupplyPlan
const byKernel: Provision = (draft, { requests, offerings }) =>
  getOrThrow(provision(draft, requests, offerings))

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)

const openAll = (draft: Draft, offerings: readonly Offering[], plan: SupplyPlan) =>
  plan.nodes.map(({ offering, name }) => openNode(draft, offerings, offering, name).id)

/** What a plan opens, opened and placed by the book, holds what the plan says. */
const holds = (planBy: Provision) =>
  fc.property(anyCase, (one) => {
    const world = worldOf(one)
    const { before, requests, offerings } = world
    const [after, plan] = batch(before, (draft) => planBy(draft, world))
    expect(encode(after).join()).toBe(encode(batch(before, () => 0)[0]).join())
    batch(before, (draft) => {
      const ids = openAll(draft, offerings, plan)
      const placed = plan.nodes.map(() => requests.map(() => 0))
      for (const { request, node } of plan.placements) {
        const { class: of } = requests[request]!
        const [answer] = place(draft, [{ class: of, count: 1, only: [ids[node]!] }]).answers
        expect(answer!.placed.length).toBe(1)
        placed[node]![request]!++
      }
      for (const [node, { places, offering }] of plan.nodes.entries()) {
        expect(sum(placed[node]!)).toBeGreaterThan(0)
        for (const { request, count } of places) expect(placed[node]![request]).toBe(count)
        expect(sum(places.map(({ count }) => count))).toBe(sum(placed[node]!))
        const { countMax = Infinity } = offerings[offering]!
        const used = plan.nodes.filter((other) => other.offering === offering)
        expect(used.length).toBeLessThanOrEqual(countMax)
      }
    })
    for (const [i, { count }] of requests.entries()) {
      const placed = plan.placements.filter(({ request }) => request === i).length
      const left = plan.unplaced.filter(({ request }) => request === i).map((row) => row.count)
      expect(placed + sum(left)).toBe(count)
    }
    expect(plan.price).toBe(sum(plan.nodes.map(({ offering }) => offerings[offering]!.price)))
  })

/** Nothing that is left has room on a node of the plan or on one more node. */
const leavesNothing = (planBy: Provision) =>
  fc.property(anyCase, (one) => {
    const world = worldOf(one)
    const { before, requests, offerings } = world
    const [, plan] = batch(before, (draft) => planBy(draft, world))
    batch(before, (draft) => {
      const ids = openAll(draft, offerings, plan)
      const fits = (request: number, node: NodeId): boolean =>
        place(draft, [{ class: requests[request]!.class, count: 1, only: [node] }]).answers[0]!
          .placed.length > 0
      for (const { request, node } of plan.placements) expect(fits(request, ids[node]!)).toBe(true)
      for (const { request, offerings: says } of plan.unplaced) {
        for (const id of ids) expect(fits(request, id)).toBe(false)
        for (const { offering, refusals } of says) {
          const { countMax = Infinity } = offerings[offering]!
          const isSpent = plan.nodes.filter((node) => node.offering === offering).length >= countMax
          expect(refusals.length === 0).toBe(isSpent)
        }
      }
    })
  })

/** No plan is below its bound, nor is any plan that a request's own order gives. */
const isAboveBound = (planBy: Provision) =>
  fc.property(anyCase, (one) => {
    const world = worldOf(one)
    const [, plan] = batch(world.before, (draft) => planBy(draft, world))
    expect(plan.bound.value).toBeLessThanOrEqual(plan.price)
  })

const withPlan =
  (change: (plan: SupplyPlan, world: World) => SupplyPlan): Provision =>
  (draft, world) =>
    change(byKernel(draft, world), world)

describe('a supply plan', () => {
  it('holds what it says', () => fc.assert(holds(byKernel), { numRuns: 400 }))
  it('leaves nothing that has room', () => fc.assert(leavesNothing(byKernel), { numRuns: 400 }))
  it('is not below its bound', () => fc.assert(isAboveBound(byKernel), { numRuns: 400 }))
  it.each<[string, Provision]>([
    [
      'is one too high',
      withPlan((plan) => ({ ...plan, bound: { ...plan.bound, value: plan.bound.value + 1 } })),
    ],
    [
      'is of nodes that are smaller',
      (draft, { requests, offerings }) => {
        const [plan, small] = [1, 2].map((part) =>
          getOrThrow(
            provision(
              draft,
              requests,
              offerings.map((one) => ({
                ...one,
                capacity: one.capacity.map(
                  ([dimension, amount]) => [dimension, Math.ceil(amount / part)] as const,
                ),
              })),
            ),
          ),
        )
        return { ...plan!, bound: small!.bound }
      },
    ],
  ])('is found below a bound that %s', (_, broken) => {
    expect(isRefuted(isAboveBound(broken), { runsMax: 2000 })).toBe(true)
  })
  it.each<[string, Provision]>([
    ['a node is left out', withPlan((plan) => ({ ...plan, nodes: plan.nodes.slice(0, -1) }))],
    [
      'one more replica is said to be placed',
      withPlan((plan) => ({
        ...plan,
        placements: [...plan.placements, ...plan.placements.slice(0, 1)],
      })),
    ],
    [
      'all goes to the first node',
      withPlan((plan) => ({
        ...plan,
        placements: plan.placements.map((one) => ({ ...one, node: 0 })),
      })),
    ],
    [
      'offerings are taken for larger ones',
      (draft, { requests, offerings }) =>
        getOrThrow(
          provision(
            draft,
            requests,
            offerings.map((one) => ({
              ...one,
              capacity: [
                [cpu, 20],
                [memory, 20],
              ],
            })),
          ),
        ),
    ],
    [
      'offerings are endless',
      (draft, { requests, offerings }) =>
        getOrThrow(
          provision(
            draft,
            requests,
            offerings.map((one) => ({ ...one, countMax: 99 })),
          ),
        ),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(holds(broken), { runsMax: 500 })).toBe(true)
  })
  it('is refuted when it gives up what would fit', () => {
    const lazy: Provision = (draft, { requests, offerings }) => {
      const plan = getOrThrow(provision(draft, requests.slice(0, 1), offerings))
      const says = offerings.map((_, offering) => ({ offering, refusals: [] }))
      const left = requests
        .slice(1)
        .map(({ count }, i) => ({ request: i + 1, count, offerings: says }))
      return { ...plan, unplaced: [...plan.unplaced, ...left] }
    }
    expect(isRefuted(leavesNothing(lazy), { runsMax: 500 })).toBe(true)
  })

  it.each<[string, Partial<Offering>, readonly (string | number)[], string]>([
    ['no capacity', { capacity: [[cpu, 0]] }, [1, 'capacity'], 'some capacity'],
    ['a negative price', { price: -1 }, [1, 'price'], 'a whole number, 0 or more'],
    ['a part of a node', { countMax: 0.5 }, [1, 'countMax'], 'a whole number, 0 or more'],
  ])('refuses an offering with %s', (_, change, at, expected) => {
    batch(empty, (draft) => {
      const offering: Offering = {
        ...{ prefix: 'x', capacity: [[cpu, 1]], attributes: [], marks: [], named: [] },
        ...{ price: 1, holds: [] },
      }
      const found = provision(draft, [], [offering, { ...offering, ...change }])
      expect(E.isLeft(found) && found.left.at).toEqual(at)
      expect(E.isLeft(found) && found.left.expected).toContain(expected)
    })
  })
})
