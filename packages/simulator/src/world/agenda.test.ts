/** The agenda: by time, happenings before reports, else in the order in which entries came. */
import { instant } from '@stowage/kernel'
import { refuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { putEntry, takeHappening, takeReports, type Agenda, type Entry } from './agenda.js'

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
    const agenda: Agenda = []
    for (const entry of entries) put(agenda, entry)
    const taken: Entry[] = []
    for (let next = agenda.at(-1); next !== undefined; next = agenda.at(-1)) {
      const happening = takeHappening(agenda, next.at)
      taken.push(...(happening === undefined ? takeReports(agenda, next.at) : [happening]))
    }
    expect(taken).toEqual([...entries].sort((a, b) => a.at - b.at || kindOf(a) - kindOf(b)))
  })

it('is a stable order', () => fc.assert(agrees(putEntry), { numRuns: 500 }))
it('is refuted when the last one in is the first one out', () => {
  expect(
    refuted(
      agrees((agenda, entry) => {
        agenda.push(entry)
        agenda.sort((a, b) => b.at - a.at || kindOf(b) - kindOf(a))
      }),
    ),
  ).toBe(true)
})
it('takes nothing of another instant', () => {
  const agenda: Agenda = []
  putEntry(agenda, {
    ...{ at: instant(2), isFaulty: false },
    happening: { _tag: 'Departure', name: 'a' },
  })
  expect([takeHappening(agenda, instant(1)), takeReports(agenda, instant(2))]).toEqual([
    undefined,
    [],
  ])
})
