/**
 * Tests how much of a plan a table of machines shows: which machines get a row, the row that sums
 * up the others, and which replicas are new.
 */
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import type { MachineRow } from '../platform/plan.js'
import { holdsText, namesText, shareOf, type PlanView } from './plan-view.js'

const nodeOf = (name: string, running: number, added: number): MachineRow => ({
  ...{ name, gauges: [] },
  holds:
    running + added === 0
      ? []
      : [{ name: 'w', count: running + added, ...(running === 0 ? {} : { running }) }],
})
const anyNodes = fc
  .array(fc.tuple(fc.nat(1), fc.nat(1)), { maxLength: 120 })
  .map((all) => all.map(([running, added], i) => nodeOf(`n${i}`, running, added)))
const anyView: fc.Arbitrary<PlanView> = fc.record({ allNodes: fc.boolean() })

/** The rows that a table has, from what its documentation says alone. */
const rowsByTheBook = (nodes: readonly MachineRow[], view: PlanView, isPart: boolean) => {
  if (view.allNodes === true || (nodes.length <= 40 && !isPart)) return nodes
  const rows: MachineRow[] = []
  for (const node of nodes) {
    const [{ count, running = 0 } = { count: 0 }] = node.holds
    if (rows.length < 40 && (isPart ? count > 0 : count > running)) rows.push(node)
  }
  return rows
}
const isByTheBook = (share: typeof shareOf) =>
  fc.property(anyNodes, anyView, fc.boolean(), (nodes, view, isPart) => {
    const { rows, others } = share(nodes, view, isPart)
    expect(rows).toEqual(rowsByTheBook(nodes, view, isPart))
    expect([...rows, ...others].sort(byNumber)).toEqual(nodes)
  })
const byNumber = (one: MachineRow, other: MachineRow): number =>
  Number(one.name.slice(1)) - Number(other.name.slice(1))

describe('the rows of a table', () => {
  it('are those of its documentation, and the others are summed', () =>
    fc.assert(isByTheBook(shareOf)))
  it.each<[string, typeof shareOf]>([
    ['all are shown', (nodes) => ({ rows: nodes, others: [], note: '' })],
    ['a selection has them all', (nodes, view) => shareOf(nodes, view, false)],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(isByTheBook(broken))).toBe(true)
  })
  it('are called by what they have', () => {
    const idle = Array.from({ length: 41 }, (_, i) => nodeOf(`n${i}`, 1, 0))
    expect(shareOf(idle, {}, false).note).toBe('nothing new; --all-nodes shows each')
    const busy = Array.from({ length: 50 }, (_, i) => nodeOf(`n${i}`, 0, i < 45 ? 1 : 0))
    expect(shareOf(busy, {}, false).note).toBe('something new on 5 of them; --all-nodes shows each')
    expect(shareOf(idle.slice(0, 1), {}, true)).toMatchObject({ rows: [{ name: 'n0' }] })
  })
})

describe('what a machine holds', () => {
  const holds = [
    { name: 'a', count: 1 },
    { name: 'b', count: 3, running: 1 },
    { name: 'c', count: 2, running: 2 },
    { name: 'd', count: 1, running: 1 },
  ]
  const row = { ...nodeOf('n', 0, 0), holds, leaving: [{ name: 'e', count: 2 }] }
  it('tells new from old', () => {
    expect(holdsText(row, { marksNew: true, isShort: false })).toBe(
      'a (new), b x3 (2 new), c x2, d, e x2 leaving',
    )
    expect(holdsText(row, { marksNew: false, isShort: false })).toBe(
      'a, b x3, c x2, d, e x2 leaving',
    )
  })
  it('counts what runs where there are many machines', () => {
    expect(holdsText(row, { marksNew: true, isShort: true })).toBe(
      'a (new), b x3 (2 new), 3 others run, e x2 leaving',
    )
    const old = { ...row, holds: holds.slice(2), leaving: [] }
    expect(holdsText(old, { marksNew: true, isShort: true })).toBe('3 run')
  })
  it('names ten machines and counts the others', () => {
    const names = Array.from({ length: 13 }, (_, i) => `n${i}`)
    expect(namesText(names, {})).toBe(`${names.slice(0, 10).join(', ')} and 3 more`)
    expect(namesText(names.slice(1), {})).toBe(names.slice(1).join(', '))
    expect(namesText(names, { allNodes: true })).toBe(names.join(', '))
  })
})
