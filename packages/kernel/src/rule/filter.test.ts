import {
  build,
  explained,
  plainClass,
  plainNode,
  type FilterRecipe,
  type FitRecipe,
  type LimitRecipe,
  type RefusalPicture,
} from '@stowage/testing'
import { describe, expect, it } from 'vitest'

/** What a filter says of node `a`, which has 4 cpu and 1 slot, and on which one `web` stands that takes 3 cpu and the slot. */
const refusals = (filter: FilterRecipe): readonly RefusalPicture[] => {
  const { cluster, classes } = build({
    nodes: [
      {
        ...plainNode,
        capacity: [
          ['cpu', 4],
          ['slots', 1],
        ],
      },
    ],
    classes: [
      {
        ...plainClass,
        facts: ['web'],
        occupies: [
          ['cpu', 3],
          ['slots', 1],
        ],
      },
      { ...plainClass, filters: [filter] },
    ],
    replicas: [{ class: 0, node: 'a', phase: 'running' }],
  })
  return explained(cluster, { class: classes[1]! }).nodes[0]!.refusals
}

describe('Fit', () => {
  const cpu = { dimension: 'cpu', amount: 1, reason: 1, slot: false }
  const gpu = { dimension: 'gpu', amount: 1, reason: 2, slot: false }
  const slot = { dimension: 'slots', amount: 1, reason: 3, slot: true }
  const fit = (...parts: FitRecipe['parts']): FitRecipe => ({
    _tag: 'Fit',
    plugin: 0,
    removable: true,
    parts,
  })

  it('allows what is free, to the last', () => {
    expect(refusals(fit(cpu))).toEqual([])
    expect(refusals(fit({ ...cpu, amount: 2 }))).toMatchObject([{ reasons: [1] }])
  })

  it('gives a reason for each part that falls short', () => {
    expect(refusals(fit({ ...cpu, amount: 2 }, cpu, slot))).toMatchObject([{ reasons: [1, 3] }])
  })

  it('does not look at a demand of 0', () => {
    expect(refusals(fit({ ...gpu, amount: 0 }))).toEqual([])
  })

  it('is removable unless more is asked than the node has at all', () => {
    expect(refusals(fit({ ...cpu, amount: 4 }))).toMatchObject([{ removable: true }])
    expect(refusals(fit({ ...cpu, amount: 5 }))).toMatchObject([{ removable: false }])
    expect(refusals(fit({ ...cpu, amount: 4 }, gpu))).toMatchObject([{ removable: false }])
    expect(refusals(fit({ ...slot, amount: 2 }))).toMatchObject([{ removable: true }])
  })
})

describe('Limit', () => {
  const limit = (word: string, self: number, most: number): LimitRecipe => ({
    _tag: 'Limit',
    plugin: 0,
    removable: true,
    reason: 4,
    tally: { facts: { _tag: 'Fact', word }, domain: 'node', absent: 'own' },
    self,
    most,
  })

  it('counts the replicas there and the new one', () => {
    expect(refusals(limit('web', 1, 2))).toEqual([])
    expect(refusals(limit('web', 1, 1))).toEqual([{ plugin: 0, reasons: [4], removable: true }])
  })

  it('counts no others', () => {
    expect(refusals(limit('db', 1, 1))).toEqual([])
    expect(refusals(limit('web', 0, 1))).toEqual([])
  })
})

it('is only for the nodes that are named', () => {
  const only = { _tag: 'Only', plugin: 5, reason: 6, removable: false } as const
  expect(refusals({ ...only, nodes: ['b', 'a'] })).toEqual([])
  expect(refusals({ ...only, nodes: ['b'] })).toEqual([
    { plugin: 5, reasons: [6], removable: false },
  ])
})

it('requires an expression', () => {
  const has: FilterRecipe = {
    _tag: 'Require',
    plugin: 7,
    reason: 8,
    removable: false,
    expr: { _tag: 'Has', key: 'zone' },
  }
  expect(refusals(has)).toEqual([{ plugin: 7, reasons: [8], removable: false }])
})
