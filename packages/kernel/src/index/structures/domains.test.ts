/**
 * Tests that domains (groups of nodes, such as zones) are numbered once for all tallies that define
 * the same domains.
 */
import { anyTally, anyWorld, build, picture, isRefuted } from '@stowage/testing'
import { lowerTally } from '../../../../testing/src/lower/expr.js'
import { domainsTwin } from '../../../../testing/src/twin/domains.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../cluster/cluster.js'
import { rankedRows } from '../../cluster/roster.js'
import {
  batch,
  getOrThrow,
  empty,
  findNode,
  join,
  leave,
  internWord,
  type Tally,
} from '../../index.js'
import { domainsOf, noDomain, type Domains } from './domains.js'

/** The rows of each domain, in the order of their numbers. */
const rowsByNumber = ({ byRow, count }: Domains, ranked: Iterable<number>): readonly number[][] => {
  const rows = Array.from({ length: count }, (): number[] => [])
  for (const row of ranked) if (byRow[row] !== noDomain) rows[byRow[row]!]!.push(row)
  return rows
}

const agrees = (by: typeof domainsOf) =>
  fc.property(anyWorld, anyTally, (world, tally) => {
    const { eligible: _, ...any } = tally
    const { cluster } = build(world)
    const [after, lowered] = batch(cluster, (draft) => lowerTally(draft, any))
    const all = picture(after)
    const parts = stateOf(after)
    const ranked = [...rankedRows(parts.roster)]
    const rowOf = new Map(ranked.map((row) => [parts.roster.specs[row]!.name, row]))
    const expected = domainsTwin(any, all)
      .map((nodes) => nodes.map(({ name }) => rowOf.get(name)!))
      .map((rows) => ranked.filter((row) => rows.includes(row)))
      .sort(([a], [b]) => ranked.indexOf(a!) - ranked.indexOf(b!))
    const domains = by(parts, lowered)
    expect(rowsByNumber(domains, ranked)).toEqual(expected)
    expect(domains.isPerNode).toBe(expected.every((rows) => rows.length === 1))
    expect(by(parts, { ...lowered })).toBe(domains)
  })

describe('domains', () => {
  it('are those of the tally, numbered as nodes come to them, and told once', () =>
    fc.assert(agrees(domainsOf), { numRuns: 300 }))

  it.each<[string, typeof domainsOf]>([
    ['a key is not asked for', (parts, { key: _, ...tally }) => domainsOf(parts, tally)],
    [
      'nodes without the key are one',
      (parts, tally) => domainsOf(parts, { ...tally, absent: 'shared' }),
    ],
    ['all nodes are one', (parts, tally) => domainsOf(parts, { ...tally, domain: 'cluster' })],
    ['they are told each time', (parts, tally) => ({ ...domainsOf(parts, tally) })],
    [
      'no two nodes are ever in one',
      (parts, tally) => Object.assign(domainsOf(parts, tally), { isPerNode: true }),
    ],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })

  it('are told anew where a node left', () => {
    const [two] = batch(empty, (draft) => {
      for (const name of ['a', 'b'])
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] }))
    })
    const tally: Pick<Tally, 'domain' | 'absent'> = { domain: 'node', absent: 'own' }
    const [one] = batch(two, (draft) => {
      const [a] = [findNode(draft, 'a')].flatMap((found) =>
        found._tag === 'Some' ? found.value : [],
      )
      getOrThrow(leave(draft, a!))
    })
    expect([two, one].map((cluster) => domainsOf(stateOf(cluster), tally).count)).toEqual([2, 1])
    expect([...domainsOf(stateOf(one), tally).byRow]).toEqual([noDomain, 0])
  })

  it('differ by what a node without the attribute means', () => {
    const [cluster, zone] = batch(empty, (draft) => {
      for (const name of ['a', 'b'])
        getOrThrow(join(draft, { name, capacity: [], attributes: [], marks: [] }))
      return internWord(draft, 'zone')
    })
    const countOf = (absent: Tally['absent']): number =>
      domainsOf(stateOf(cluster), { domain: zone, absent }).count
    expect([countOf('own'), countOf('shared'), countOf('skip')]).toEqual([2, 1, 0])
  })
})
