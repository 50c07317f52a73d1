import {
  anyFittingClass,
  anyRequests,
  anyWorld,
  build,
  nothingOverfull,
  picture,
  plainClass,
  plainNode,
  refuted,
  requested,
  worldOf,
  type ClassRecipe,
  type FilterRecipe,
} from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, nodeSpec, place, setPhase, stop, type ReplicaId } from '../index.js'

describe('capacity', () => {
  /** A world that starts empty is never overfull by placing classes that ask for all that they occupy. */
  const holdsNoMoreThanItHas = (misread: (described: ClassRecipe) => ClassRecipe) =>
    fc.property(
      worldOf(anyFittingClass.map(misread), { replicas: false }),
      anyRequests,
      (world, requests) => {
        const { cluster, classes } = build(world)
        const [, after] = batch(cluster, (draft) =>
          place(draft, requested(draft, classes, requests)),
        )
        expect(nothingOverfull(after)).toEqual([])
      },
    )

  it('is never exceeded', () =>
    fc.assert(
      holdsNoMoreThanItHas((described) => described),
      { numRuns: 300 },
    ))

  it.each<[string, (filter: FilterRecipe) => FilterRecipe]>([
    ['the last dimension is skipped', skippingTheLast],
    ['one less is asked than is taken', askingOneLess],
  ])('is refuted when %s', (_, misread) => {
    const misreading = (described: ClassRecipe): ClassRecipe => ({
      ...described,
      filters: described.filters.map(misread),
    })
    expect(refuted(holdsNoMoreThanItHas(misreading))).toBe(true)
  })
})

describe('placing and then stopping', () => {
  const restores = (stopping: typeof stop) =>
    fc.property(anyWorld, anyRequests, fc.boolean(), (world, requests, newestFirst) => {
      const { cluster, classes } = build(world)
      const [, after] = batch(cluster, (draft) => {
        const { answers } = place(draft, requested(draft, classes, requests))
        const replicas = answers.flatMap(({ placed }) => placed.map(({ replica }) => replica))
        for (const replica of newestFirst ? replicas.reverse() : replicas) stopping(draft, replica)
      })
      expect(picture(after)).toEqual(picture(cluster))
    })

  it('restores what was', () => fc.assert(restores(stop), { numRuns: 300 }))

  it.each<[string, typeof stop]>([
    ['a replica is only told to leave', (draft, replica) => setPhase(draft, replica, 'leaving')],
    ['another replica is stopped', (draft, replica) => stop(draft, (replica + 1) as ReplicaId)],
  ])('is refuted when %s', (_, broken) => {
    expect(refuted(restores(broken))).toBe(true)
  })
})

it('serves the most urgent first, and the others as they were given', () => {
  const { cluster, classes } = build({
    nodes: [{ ...plainNode, capacity: [['slots', 2]] }],
    classes: [0, 0, 1].map((priority, fact) => ({
      ...plainClass,
      facts: [`number ${fact}`],
      occupies: [['slots', 1]],
      filters: [
        {
          _tag: 'Fit',
          plugin: 0,
          removable: true,
          parts: [{ dimension: 'slots', amount: 1, reason: 9, slot: true }],
        },
      ],
      priority,
    })),
    replicas: [],
  })
  const [{ answers }] = batch(cluster, (draft) =>
    place(
      draft,
      classes.map((id) => ({ class: id, count: 1 })),
    ),
  )
  expect(answers.map(({ placed }) => placed.length)).toEqual([1, 0, 1])
  expect(answers[1]!.unplaced).toEqual({ count: 1, nodes: 1, reasons: [[9, 1]] })
})

it('ranks nodes by the code units of their names', () => {
  const names = ['b', 'a9', 'a10', 'B', 'é', '\u{1F4A7}', '\uFFFD']
  const { cluster, classes } = build({
    nodes: names.map((name) => ({ ...plainNode, name, capacity: [['slots', 1]] })),
    classes: [
      {
        ...plainClass,
        occupies: [['slots', 1]],
        filters: [
          {
            _tag: 'Fit',
            plugin: 0,
            removable: true,
            parts: [{ dimension: 'slots', amount: 1, reason: 0, slot: true }],
          },
        ],
      },
    ],
    replicas: [],
  })
  const [{ answers }, after] = batch(cluster, (draft) =>
    place(draft, [{ class: classes[0]!, count: names.length }]),
  )
  expect(answers[0]!.placed.map(({ node }) => nodeSpec(after, node))).toMatchObject(
    ['B', 'a10', 'a9', 'b', 'é', '\u{1F4A7}', '\uFFFD'].map((name) => ({ value: { name } })),
  )
})

it('throws for a class that was never defined, before anything is placed', () => {
  const { cluster, classes } = build({
    nodes: [plainNode],
    classes: [plainClass],
    replicas: [],
  })
  batch(cluster, (draft) => {
    const asked = [
      { class: classes[0]!, count: 1 },
      { class: 9 as never, count: 1 },
    ]
    expect(() => place(draft, asked)).toThrow('no class 9')
    expect(picture(draft)).toEqual(picture(cluster))
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
