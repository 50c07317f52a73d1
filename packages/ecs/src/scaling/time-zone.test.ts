/** Tests schedules in a time zone whose clocks are put forward and back. */
import type { TimeZone } from '@stowage/documents'
import { instant } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { nextRun, parseSchedule } from './schedule.js'
import { clockAt, instantAtClock } from './time-zone.js'

const at = (text: string) => instant(Date.parse(text))
const hour = 3_600_000

/** Zurich in 2026. */
const zone: TimeZone = {
  name: 'Europe/Zurich',
  offsets: [
    [instant(0), hour],
    [at('2026-03-29T01:00:00Z'), 2 * hour],
    [at('2026-10-25T01:00:00Z'), hour],
  ],
}

const next = (expression: string, after: string, count: number) => {
  const schedule = parseSchedule(expression)!
  const bounds = { zone, from: instant(0), hasStart: false, until: undefined }
  let now = at(after)
  return Array.from({ length: count }, () => {
    now = nextRun(schedule, bounds, now)!
    return new Date(now).toISOString().slice(0, 16)
  })
}

it('shows the clocks of a zone, and finds the instant again', () => {
  const noon = at('2026-07-01T10:00:00Z')
  expect(clockAt(zone, noon) - noon).toBe(2 * hour)
  expect(instantAtClock(zone, clockAt(zone, noon))).toBe(noon)
  expect(instantAtClock(zone, at('2026-03-29T02:30:00Z'))).toBeUndefined()
  expect(instantAtClock(zone, at('2026-10-25T02:30:00Z'))).toBe(at('2026-10-25T00:30:00Z'))
})
it('acts at the same time of the clocks in summer and in winter', () => {
  expect(next('cron(0 9 * * ? *)', '2026-03-28T00:00:00Z', 2)).toEqual([
    '2026-03-28T08:00',
    '2026-03-29T07:00',
  ])
})
it('leaves out a time that the clocks skip, and acts once at one that they show twice', () => {
  expect(next('cron(30 2 * * ? *)', '2026-03-28T12:00:00Z', 1)).toEqual(['2026-03-30T00:30'])
  expect(next('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T00:30',
    '2026-10-26T01:30',
  ])
})
it('counts a rate from its start time, or one interval after it was put', () => {
  const schedule = parseSchedule('rate(2 hours)')!
  const from = at('2026-03-01T00:00:00Z')
  const run = (hasStart: boolean, after: string, until?: string) => {
    const found = nextRun(
      schedule,
      { zone, from, hasStart, until: until === undefined ? undefined : at(until) },
      at(after),
    )
    return found === undefined ? undefined : new Date(found).toISOString().slice(0, 16)
  }
  expect(run(true, '2026-02-01T00:00:00Z')).toBe('2026-03-01T00:00')
  expect(run(false, '2026-03-01T00:00:00Z')).toBe('2026-03-01T02:00')
  expect(run(false, '2026-03-01T02:00:00Z')).toBe('2026-03-01T04:00')
  expect(run(false, '2026-03-01T02:00:00Z', '2026-03-01T03:00:00Z')).toBeUndefined()
})
