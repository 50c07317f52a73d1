/**
 * Properties of `place`: no node holds more than its capacity, and evicting what was placed
 * restores the cluster.
 */
import {
  anyFittingClass,
  anyRequests,
  anyWorld,
  build,
  nothingOverfull,
  picture,
  isRefuted,
  lowerRequests,
  worldOf,
  type ClassRecipe,
  type FilterRecipe,
} from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, place, setPhase, evict, type ReplicaId } from '../index.js'

describe('capacity', () => {
  /**
   * A world that starts empty is never overfull by placing classes that ask for all that they
   * occupy.
   */
  const holdsNoMoreThanItHas = (misread: (classSpec: ClassRecipe) => ClassRecipe) =>
    fc.property(
      worldOf(anyFittingClass.map(misread), { replicas: false }),
      anyRequests,
      (world, requests) => {
        const { cluster, classes } = build(world)
        const [after] = batch(cluster, (draft) =>
          place(draft, lowerRequests(draft, classes, requests)),
        )
        expect(nothingOverfull(after)).toEqual([])
      },
    )

  it('is never exceeded', () =>
    fc.assert(
      holdsNoMoreThanItHas((classSpec) => classSpec),
      { numRuns: 300 },
    ))

  it.each<[string, (filter: FilterRecipe) => FilterRecipe]>([
    ['the last dimension is skipped', skippingTheLast],
    ['one less is asked than is taken', askingOneLess],
  ])('is refuted when %s', (_, misread) => {
    const misreading = (classSpec: ClassRecipe): ClassRecipe => ({
      ...classSpec,
      filters: classSpec.filters.map(misread),
    })
    expect(isRefuted(holdsNoMoreThanItHas(misreading))).toBe(true)
  })
})

describe('placing and then stopping', () => {
  const restores = (stopping: typeof evict) =>
    fc.property(anyWorld, anyRequests, fc.boolean(), (world, requests, newestFirst) => {
      const { cluster, classes } = build(world)
      const [after] = batch(cluster, (draft) => {
        const { answers } = place(draft, lowerRequests(draft, classes, requests))
        const replicas = answers.flatMap(({ placed }) => placed.map(({ replica }) => replica))
        for (const replica of newestFirst ? replicas.reverse() : replicas) stopping(draft, replica)
      })
      expect(picture(after)).toEqual(picture(cluster))
    })

  it('restores what was', () => fc.assert(restores(evict), { numRuns: 300 }))

  it.each<[string, typeof evict]>([
    ['a replica is only told to leave', (draft, replica) => setPhase(draft, replica, 'leaving')],
    ['another replica is stopped', (draft, replica) => evict(draft, (replica + 1) as ReplicaId)],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(restores(broken))).toBe(true)
  })
})

function skippingTheLast(filter: FilterRecipe): FilterRecipe {
  return filter._tag === 'Fit' ? { ...filter, parts: filter.parts.slice(0, -1) } : filter
}

function askingOneLess(filter: FilterRecipe): FilterRecipe {
  if (filter._tag !== 'Fit') return filter
  const parts = filter.parts.map((part) => ({ ...part, amount: Math.max(part.amount - 1, 0) }))
  return { ...filter, parts }
}
