/**
 * Tests filters by examples, one group for each kind: which nodes each filter allows, and the
 * reasons that it gives.
 */
import { build, plainClass, plainNode, type FilterRecipe } from '@stowage/testing'
import { explainByName, type RefusalPicture } from '../../../testing/src/picture/answer.js'
import type {
  FitRecipe,
  LimitRecipe,
  NeedRecipe,
  SkewRecipe,
} from '../../../testing/src/recipe/recipe.js'
import { describe, expect, it } from 'vitest'

/**
 * What a filter says of node `a`, which has 4 cpu and 1 slot, and on which one `web` stands that
 * takes 3 cpu and the slot.
 */
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
  return explainByName(cluster, { class: classes[1]! }).nodes[0]!.refusals
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
    max: most,
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

/**
 * By name, the nodes that pass: a, b, e in zones x, x, y, and f in none. `on` names the node of
 * each that stands there.
 */
const passing = (filter: FilterRecipe, ...on: readonly string[]): string => {
  const zones = { a: 'x', b: 'x', e: 'y', f: undefined }
  const { cluster, classes } = build({
    nodes: Object.entries(zones).map(([name, zone]) => ({
      ...plainNode,
      name,
      attributes: zone === undefined ? [] : [['zone', zone]],
    })),
    classes: [
      { ...plainClass, facts: ['web'] },
      { ...plainClass, filters: [filter] },
    ],
    replicas: on.map((node) => ({ class: 0, node, phase: 'running' })),
  })
  return explainByName(cluster, { class: classes[1]! }).best.join('')
}
const source = { plugin: 0, removable: true, reason: 4 } as const
const web = { _tag: 'Fact', word: 'web' } as const
const inZone = { facts: web, domain: { key: 'zone' }, absent: 'skip' } as const

it('limits over any domain', () => {
  const limit: LimitRecipe = { _tag: 'Limit', ...source, tally: inZone, self: 1, max: 1 }
  expect(passing(limit, 'a')).toBe('ef')
  expect(passing({ ...limit, tally: { ...inZone, absent: 'refuse' } }, 'a')).toBe('e')
  expect(passing({ ...limit, tally: { ...inZone, domain: 'cluster' } }, 'a')).toBe('')
  expect(passing({ ...limit, tally: { ...inZone, domain: 'node' } }, 'a')).toBe('bef')
})

describe('Skew', () => {
  const skew: SkewRecipe = {
    ...source,
    _tag: 'Skew',
    tally: { ...inZone, absent: 'refuse' },
    self: 1,
    max: 1,
    domainsMin: 0,
  }

  it('refuses the domain that would be too far ahead of the one with the fewest', () => {
    expect(passing(skew)).toBe('abe')
    expect(passing(skew, 'a')).toBe('e')
    expect(passing(skew, 'a', 'e')).toBe('abe')
    expect(passing({ ...skew, max: 2 }, 'a')).toBe('abe')
    expect(passing({ ...skew, self: 0 }, 'a')).toBe('abe')
  })

  it('takes the fewest for 0 where there are too few domains', () => {
    expect(passing({ ...skew, domainsMin: 2 }, 'a', 'e')).toBe('abe')
    expect(passing({ ...skew, domainsMin: 3 }, 'a', 'e')).toBe('')
  })

  it('counts nodes that nobody could be placed on, unless they are not eligible', () => {
    const eligible = { _tag: 'In', key: 'zone', values: ['x'] } as const
    expect(passing({ ...skew, tally: { ...skew.tally, eligible } }, 'a')).toBe('abe')
    const none = { _tag: 'Any', of: [] } as const
    expect(passing({ ...skew, tally: { ...skew.tally, eligible: none } }, 'a')).toBe('abe')
  })

  it('says nothing of a node that is skipped', () => {
    expect(passing({ ...skew, tally: inZone }, 'a', 'f', 'f')).toBe('ef')
  })
})

describe('Need', () => {
  const need = (firstMayStart: boolean, ...domains: NeedRecipe['domains']): NeedRecipe => ({
    ...source,
    _tag: 'Need',
    facts: web,
    domains,
    firstMayStart,
  })
  const zone = { key: 'zone' } as const

  it('lets in where one stands in the domain', () => {
    expect(passing(need(false, zone), 'a')).toBe('ab')
    expect(passing(need(false, 'node'), 'a')).toBe('a')
    expect(passing(need(false, 'cluster'), 'a')).toBe('abef')
    expect(passing(need(false, zone))).toBe('')
  })

  it('asks for one in each of the domains, not for the same', () => {
    expect(passing(need(false, zone, 'cluster'), 'a')).toBe('ab')
    expect(passing(need(false, zone, 'node'), 'a', 'f')).toBe('a')
  })

  it('lets the first start where all the domains are', () => {
    expect(passing(need(true, zone))).toBe('abe')
    expect(passing(need(true, zone), 'a')).toBe('ab')
    expect(passing(need(true, zone, 'cluster'), 'f')).toBe('')
  })

  it('does not count one that stands in none of the domains', () => {
    expect(passing(need(true, zone), 'f')).toBe('abe')
    expect(passing(need(false, zone), 'f')).toBe('')
  })
})
