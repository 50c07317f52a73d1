/**
 * Tests the answers of `place` by examples: their order, the choice by rank, and the number of
 * nodes per reason.
 */
import { build, picture, plainClass, plainNode, type ClassRecipe } from '@stowage/testing'
import { findNodes } from '../../../testing/src/lower/expr.js'
import { expect, it } from 'vitest'
import { batch, nodeSpec, place } from '../index.js'

const noSlot = 9
const takingOneSlot: ClassRecipe = {
  ...plainClass,
  occupies: [['slots', 1]],
  filters: [
    {
      _tag: 'Fit',
      plugin: 0,
      removable: true,
      parts: [{ dimension: 'slots', amount: 1, reason: noSlot, slot: true }],
    },
  ],
}
const withSlots = (count: number) => (name: string) => ({
  ...plainNode,
  name,
  capacity: [['slots', count] as const],
})

it('comes in the order of the requests, of which the most urgent is served first', () => {
  const { cluster, classes } = build({
    nodes: ['a'].map(withSlots(2)),
    classes: [0, 0, 1].map((priority, i) => ({
      ...takingOneSlot,
      facts: [`number ${i}`],
      priority,
    })),
    replicas: [],
  })
  const requests = classes.map((id) => ({ class: id, count: 1 }))
  const [, { answers }] = batch(cluster, (draft) => place(draft, requests))
  expect(answers.map(({ placed }) => placed.length)).toEqual([1, 0, 1])
  expect(answers[1]!.unplaced).toEqual({ count: 1, nodes: 1, reasons: [[noSlot, 1]] })
})

it('goes to nodes in the order of the code units of their names', () => {
  const { cluster, classes } = build({
    nodes: ['b', 'a9', 'a10', 'B', 'é', '\u{1F4A7}', '\uFFFD', '__proto__'].map(withSlots(1)),
    classes: [takingOneSlot],
    replicas: [],
  })
  const [after, { answers }] = batch(cluster, (draft) =>
    place(draft, [{ class: classes[0]!, count: 9 }]),
  )
  expect(answers[0]!.placed.map(({ node }) => nodeSpec(after, node))).toMatchObject(
    ['B', '__proto__', 'a10', 'a9', 'b', 'é', '\u{1F4A7}', '\uFFFD'].map((name) => ({
      value: { name },
    })),
  )
})

it('counts, of the nodes that were looked at, those that gave a reason first', () => {
  const only = { _tag: 'Only', plugin: 1, reason: 3, removable: false, nodes: ['a', 'b'] } as const
  const { cluster, classes } = build({
    nodes: ['a', 'b', 'c', 'd'].map(withSlots(0)),
    classes: [{ ...takingOneSlot, filters: [only, ...takingOneSlot.filters] }],
    replicas: [],
  })
  const unplaced = (names: readonly string[] | undefined) =>
    batch(cluster, (draft) => {
      const among = names === undefined ? {} : { only: findNodes(draft, names) }
      return place(draft, [{ class: classes[0]!, count: 5, ...among }]).answers[0]!.unplaced
    })[1]
  expect(unplaced(undefined)).toEqual({
    count: 5,
    nodes: 4,
    reasons: [
      [3, 2],
      [noSlot, 2],
    ],
  })
  expect(unplaced(['b', 'c', 'd'])).toEqual({
    count: 5,
    nodes: 3,
    reasons: [
      [3, 2],
      [noSlot, 1],
    ],
  })
})

it('is an exception for a class that was never defined, and nothing is placed', () => {
  const { cluster, classes } = build({ nodes: [plainNode], classes: [plainClass], replicas: [] })
  batch(cluster, (draft) => {
    const requests = [
      { class: classes[0]!, count: 1 },
      { class: 9 as never, count: 1 },
    ]
    expect(() => place(draft, requests)).toThrow('no class 9')
    expect(picture(draft)).toEqual(picture(cluster))
  })
})
