/**
 * Tests the next runs of cron schedules: against recorded answers of robfig/cron v3, and against a
 * slow reference implementation that tries every minute.
 */
import { utc, type TimeZone } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextRun } from './next-run.js'
import { parseCronSchedule, type CronSchedule } from './schedule.js'

const at = (text: string): Instant => instant(Date.parse(text))
const scheduleOf = (text: string): CronSchedule => {
  const read = parseCronSchedule(text)
  if (E.isLeft(read)) throw new Error(`${text} is no schedule`)
  return read.right
}
const runs = (text: string, from: string, count: number, zone: TimeZone = utc) => {
  const found: string[] = []
  let after = at(from)
  for (let i = 0; i < count; i++) {
    const next = nextRun(scheduleOf(text), zone, after)
    if (next === undefined) break
    found.push(new Date(next).toISOString().slice(0, 19))
    after = next
  }
  return found
}

const hour = 3_600_000
/** Clocks go from 00:00 to 01:00 on 31 March 2024. */
const beirut: TimeZone = {
  name: 'Asia/Beirut',
  offsets: [
    [instant(0), 2 * hour],
    [at('2024-03-30T22:00:00Z'), 3 * hour],
    [at('2024-10-26T21:00:00Z'), 2 * hour],
  ],
}
/** Clocks go from 02:00 to 03:00 on 31 March 2024, and back from 03:00 on 27 October. */
const zurich: TimeZone = {
  name: 'Europe/Zurich',
  offsets: [
    [instant(0), hour],
    [at('2024-03-31T01:00:00Z'), 2 * hour],
    [at('2024-10-27T01:00:00Z'), hour],
  ],
}

describe('a schedule', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['*/20 * * * *', '2026-01-01T00:00:00Z', ['2026-01-01T00:20:00', '2026-01-01T00:40:00']],
    ['50/5 * * * *', '2026-01-01T00:00:00Z', ['2026-01-01T00:50:00', '2026-01-01T00:55:00']],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00', '2032-02-29T00:00:00']],
    ['0 0 30 2 *', '2026-01-01T00:00:00Z', []],
    // Both days given: one of them is enough.
    ['0 0 13 * fri', '2026-02-01T00:00:00Z', ['2026-02-06T00:00:00', '2026-02-13T00:00:00']],
    // A step above 1 is no longer any day.
    ['0 0 */31 * mon', '2026-02-01T01:00:00Z', ['2026-02-02T00:00:00', '2026-02-09T00:00:00']],
    ['0 0 */1 * mon', '2026-02-01T01:00:00Z', ['2026-02-02T00:00:00', '2026-02-09T00:00:00']],
    ['@every 90s', '2026-01-01T00:00:00.7Z', ['2026-01-01T00:01:30', '2026-01-01T00:03:00']],
    ['@every -5m', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:01', '2026-01-01T00:00:02']],
    ['@weekly', '2026-01-01T00:00:00Z', ['2026-01-04T00:00:00', '2026-01-11T00:00:00']],
    ['59 23 31 12 ?', '2026-01-01T00:00:00Z', ['2026-12-31T23:59:00', '2027-12-31T23:59:00']],
  ])('%s, from %s', (text, from, expected) => {
    expect(runs(text, from, 2)).toEqual(expected)
  })

  it.each<readonly [string, string, TimeZone, readonly string[]]>([
    // The hour that clocks skip has no run; the one that they show twice has two.
    ['30 2 * * *', '2024-03-30T12:00:00Z', zurich, ['2024-04-01T00:30:00', '2024-04-02T00:30:00']],
    ['30 2 * * *', '2024-10-26T12:00:00Z', zurich, ['2024-10-27T00:30:00', '2024-10-27T01:30:00']],
    // A day that begins at one o'clock is missed when the search steps to it.
    ['0 12 31 3 *', '2024-03-01T00:00:00Z', beirut, ['2025-03-31T10:00:00', '2026-03-31T10:00:00']],
    ['0 12 * * 0', '2024-03-25T00:00:00Z', beirut, ['2024-04-07T09:00:00', '2024-04-14T09:00:00']],
    ['0 12 * * *', '2024-03-30T12:00:00Z', beirut, ['2024-03-31T09:00:00', '2024-04-01T09:00:00']],
  ])('%s, from %s, where clocks change', (text, from, zone, expected) => {
    expect(runs(text, from, 2, zone)).toEqual(expected)
  })
})

describe('the corners of the syntax', () => {
  it.each([
    '1,,2 * * * *',
    '*-7 * * * *',
    '+5 * * * *',
    ' 0 0 * * * ',
    '0 0 ? * SUN-sat',
    '@every 0',
  ])('takes %s', (text) => expect(E.isRight(parseCronSchedule(text))).toBe(true))
  it.each([
    '',
    '* * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    '1-2-3 * * * *',
    '* * * * 7',
    '@every 5',
    '@Daily',
  ])('refuses %s', (text) => expect(E.isLeft(parseCronSchedule(text))).toBe(true))
})

/** Minute by minute, in UTC. */
const byTheBook = (text: string, after: Instant): Instant | undefined => {
  const schedule = scheduleOf(text)
  if (schedule._tag === 'Every') return undefined
  for (
    let minute = Math.floor(after / 60_000) + 1;
    minute * 60_000 < after + 40 * 24 * hour;
    minute++
  ) {
    const date = new Date(minute * 60_000)
    const inMonth = schedule.days.includes(date.getUTCDate())
    const inWeek = schedule.weekdays.includes(date.getUTCDay())
    const isDay = schedule.needsBothDays ? inMonth && inWeek : inMonth || inWeek
    const matches =
      schedule.months.includes(date.getUTCMonth() + 1) &&
      isDay &&
      schedule.hours.includes(date.getUTCHours()) &&
      schedule.minutes.includes(date.getUTCMinutes())
    if (matches) return instant(minute * 60_000)
  }
  return undefined
}

const anyField = (max: number, min = 0) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min, max }).map(String),
    fc.integer({ min: 1, max: 7 }).map((step) => `*/${step}`),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
      .map(([a, b]) => (a <= b ? `${a}-${b}` : `${b}-${a}/2`)),
  )
const agrees = (find: typeof nextRun) =>
  fc.property(
    fc.tuple(anyField(59), anyField(23), anyField(28, 1), fc.constant('*'), anyField(6)),
    fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
    (fields, after) => {
      const text = fields.join(' ')
      const expected = byTheBook(text, instant(after))
      const found = find(scheduleOf(text), utc, instant(after))
      if (expected !== undefined) expect(found).toBe(expected)
    },
  )

it('is the first minute that matches', () => {
  fc.assert(agrees(nextRun), { numRuns: 150, seed: 1 })
})
it('is refuted when days of the month and of the week must always both match', () => {
  const strict: typeof nextRun = (schedule, zone, after) =>
    nextRun(
      schedule._tag === 'Every' ? schedule : { ...schedule, needsBothDays: true },
      zone,
      after,
    )
  expect(isRefuted(agrees(strict), { runsMax: 500 })).toBe(true)
})
