/**
 * Compares the three minds (Karpenter, the Cluster Autoscaler, and our own search for the best
 * machines) on the same random documents. No plan costs less than its lower bound. Our own search
 * never places fewer pods than the others, and never costs more for the same number of pods.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { documentsOf, objects, suppliesFor } from './documents.fixture.js'

type Supply = ReturnType<typeof suppliesFor>[number]

const unplaced = (supply: Supply): number =>
  supply.unplaced.reduce((sum, { count }) => sum + count, 0)

const isNoWorse = (one: Supply, other: Supply): boolean =>
  unplaced(one) < unplaced(other) || (unplaced(one) === unplaced(other) && one.price <= other.price)

const minds = ['karpenter', 'cluster-autoscaler', 'best'] as const
const all = (documents: Parameters<typeof suppliesFor>[0]) => suppliesFor(documents, minds)

describe('minds', () => {
  it('find that the best is never dearer than either other', () => {
    fc.assert(
      fc.property(objects, (some) => {
        const [karpenter, autoscaler, best] = all(documentsOf(some))
        // A plan with pods that the scheduler would refuse is none.
        for (const other of [karpenter!, autoscaler!])
          if (other.misplaced.length === 0) expect(isNoWorse(best!, other)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
  it('find that a greedy choice alone is dearer now and then', () => {
    const isNeverDearer = fc.property(objects, (some) => {
      const documents = documentsOf(some)
      const [greedy] = suppliesFor(documents, ['best'])
      return all(documents).every((other) => isNoWorse(greedy!, other))
    })
    expect(isRefuted(isNeverDearer, { runsMax: 200 })).toBe(true)
  })
  it('never plan below their bounds', () => {
    fc.assert(
      fc.property(objects, (some) => {
        for (const { price, bound } of all(documentsOf(some)))
          expect(bound.value).toBeLessThanOrEqual(price)
      }),
      { numRuns: 25 },
    )
  })
  it('place every pod once or say why it has no place', () => {
    fc.assert(
      fc.property(objects, (some) => {
        for (const { nodes, existing, unplaced: left } of all(documentsOf(some))) {
          const held = nodes
            .flatMap(({ holds }) => holds)
            .reduce((sum, { count }) => sum + count, 0)
          const there = existing.reduce((sum, { pods }) => sum + pods.length, 0)
          expect(held + there + left.reduce((sum, { count }) => sum + count, 0)).toBe(
            some.pods.length,
          )
        }
      }),
      { numRuns: 25 },
    )
  })
  it('keep the limits of NodePools, as the best', () => {
    fc.assert(
      fc.property(objects, (some) => {
        const [best] = suppliesFor(documentsOf(some), ['best'])
        for (const pool of some.pools as readonly LimitedPool[]) {
          const { name } = pool.metadata
          const vcpus = best!.nodes
            .map(({ offer }) => best!.offers[offer]!)
            .filter(({ owner }) => owner?.name === name)
            .reduce((sum, { type }) => sum + type.vcpus, 0)
          expect(vcpus).toBeLessThanOrEqual(Number(pool.spec.limits?.cpu ?? Infinity))
        }
      }),
      { numRuns: 100 },
    )
  })
})

interface LimitedPool {
  readonly metadata: { readonly name: string }
  readonly spec: { readonly limits?: { readonly cpu: string } }
}
