/**
 * Tests the sequence of the event queue: by time; at one instant, changes of the cluster precede
 * reports to the orchestrator; otherwise first in, first out.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  emptyAgenda,
  nextEntryAt,
  putEntry,
  takeHappening,
  takeReports,
  type Entry,
} from './agenda.js'

const anyEntries = fc.array(fc.tuple(fc.nat(3), fc.boolean()), { maxLength: 12 }).map((drafts) =>
  drafts.map(([time, isReport], i): Entry => {
    const base = { at: instant(time), isFaulty: false }
    return isReport
      ? { ...base, report: { at: base.at, _tag: 'OrderFailed', order: i, because: '' } }
      : { ...base, happening: { _tag: 'Timeout', order: i, because: '' } }
  }),
)
const kindOf = (entry: Entry): number => Number('report' in entry)

const agrees = (put: typeof putEntry) =>
  fc.property(anyEntries, (entries) => {
    const agenda = emptyAgenda()
    for (const entry of entries) put(agenda, entry)
    const taken: Entry[] = []
    for (let at = nextEntryAt(agenda); at !== undefined; at = nextEntryAt(agenda)) {
      const happening = takeHappening(agenda, at)
      taken.push(...(happening === undefined ? takeReports(agenda, at) : [happening]))
    }
    expect(taken).toEqual([...entries].sort((a, b) => a.at - b.at || kindOf(a) - kindOf(b)))
  })

it('is a stable order', () => fc.assert(agrees(putEntry), { numRuns: 500 }))
it('is refuted when the last one in is the first one out', () => {
  const stacked: typeof putEntry = (agenda, entry) => {
    putEntry(agenda, entry)
    const { happenings, reports } = agenda.slots.get(entry.at)!
    if ('happening' in entry) happenings.unshift(happenings.pop()!)
    else reports.unshift(reports.pop()!)
  }
  expect(isRefuted(agrees(stacked))).toBe(true)
})
it('is refuted when a later instant comes first', () => {
  const late: typeof putEntry = (agenda, entry) => {
    putEntry(agenda, entry)
    agenda.instants.sort((a, b) => a - b)
  }
  expect(isRefuted(agrees(late))).toBe(true)
})
it('takes many entries of one instant, and of as many others, without looking at each', () => {
  const agenda = emptyAgenda()
  const count = 100_000
  const entry = (at: number): Entry => ({
    ...{ at: instant(at), isFaulty: false },
    happening: { _tag: 'Timeout', order: at, because: '' },
  })
  for (let i = 0; i < count; i++) putEntry(agenda, entry(1))
  for (let i = 0; i < count; i++) putEntry(agenda, entry(2))
  let taken = 0
  for (const at of [1, 2]) while (takeHappening(agenda, instant(at)) !== undefined) taken++
  expect([taken, nextEntryAt(agenda)]).toEqual([2 * count, undefined])
})
