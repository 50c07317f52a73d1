/**
 * Parses the schedule of a scheduled action, such as `rate(5 minutes)`, `at(2026-03-01T08:00:00)`
 * or `cron(0 8 * * ? *)`, and computes the next instant at which the action runs.
 *
 * Source: Application Auto Scaling User Guide, scheduled scaling. AWS does not document what
 * happens at a local time that the clocks skip, or when the first interval of a rate begins; the
 * docstrings below say what happens here.
 */
import type { TimeZone } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'
import { dateOf } from '../words/instant.js'
import { parseCron, type CronDate, type CronExpression } from './cron.js'
import { clockAt, clockOfText, instantAtClock } from './time-zone.js'

/** When an action acts. */
export type Schedule =
  /** Once, when the clocks show this, in milliseconds. */
  | { readonly _tag: 'At'; readonly clock: number }
  /** Again and again, in milliseconds. */
  | { readonly _tag: 'Rate'; readonly interval: number }
  | { readonly _tag: 'Cron'; readonly cron: CronExpression }

const minute = 60_000
const dayLength = 1440 * minute

/** Reads `at(…)`, `rate(…)` or `cron(…)`; `undefined` for anything else. */
export const parseSchedule = (text: string): Schedule | undefined => {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? []
  if (kind === 'at') {
    const clock = clockOfText(inner)
    return clock === undefined ? undefined : { _tag: 'At', clock }
  }
  if (kind === 'rate') {
    const [, count, unit, plural] = /^(\d{1,6}) (minute|hour|day)(s?)$/.exec(inner) ?? []
    const number = Number(count)
    const units: Readonly<Record<string, number>> = { minute, hour: 60 * minute, day: dayLength }
    const isRight = unit !== undefined && number > 0 && (number === 1) === (plural === '')
    return isRight ? { _tag: 'Rate', interval: number * units[unit]! } : undefined
  }
  if (kind !== 'cron') return undefined
  const cron = parseCron(inner)
  return cron === undefined ? undefined : { _tag: 'Cron', cron }
}

/** What bounds a schedule. */
export interface ScheduleBounds {
  readonly zone: TimeZone
  /** When the action was put, or its start time where it has one. */
  readonly from: Instant
  readonly hasStart: boolean
  readonly until: Instant | undefined
}

/**
 * The first instant after one at which a schedule acts; `undefined` when it acts no more.
 *
 * A local time that the time zone skips does not occur; of a local time that occurs twice, the
 * first counts. A rate begins at the start time of the action; without a start time, the first run
 * is one interval after the action was put.
 */
export const nextRun = (
  schedule: Schedule,
  { zone, from, hasStart, until }: ScheduleBounds,
  after: Instant,
): Instant | undefined => {
  const earliest = hasStart ? Math.max(after, from - 1) : after
  const next = nextAfter(schedule, zone, earliest, hasStart ? from : from + intervalOf(schedule))
  return next === undefined || (until !== undefined && next > until) ? undefined : next
}

const intervalOf = (schedule: Schedule): number =>
  schedule._tag === 'Rate' ? schedule.interval : 0

const nextAfter = (
  schedule: Schedule,
  zone: TimeZone,
  after: number,
  first: number,
): Instant | undefined => {
  switch (schedule._tag) {
    case 'At': {
      const at = instantAtClock(zone, schedule.clock)
      return at !== undefined && at > after ? at : undefined
    }
    case 'Rate': {
      const turns = Math.max(0, Math.floor((after - first) / schedule.interval) + 1)
      return instant(first + turns * schedule.interval)
    }
    case 'Cron':
      return nextOfCron(schedule.cron, zone, after)
  }
}

/** A 29 February that is a given weekday comes again after 28 years, or 40 over a century. */
const daysMax = 41 * 366

const nextOfCron = (cron: CronExpression, zone: TimeZone, after: number): Instant | undefined => {
  const today = Math.floor(clockAt(zone, instant(Math.max(0, after))) / dayLength)
  // The clocks may show a day twice: what is left of it may come after what was there.
  for (let number = today; number <= today + daysMax; number++) {
    const date = cronDate(number)
    if (!cron.years.includes(date.year) || !cron.months.includes(date.month)) continue
    if (!cron.isDay(date)) continue
    const times = cron.hours.flatMap((hour) =>
      cron.minutes.flatMap((at) => {
        const found = instantAtClock(zone, number * dayLength + (hour * 60 + at) * minute)
        return found !== undefined && found > after ? [found] : []
      }),
    )
    if (times.length > 0)
      return instant(times.reduce<number>((one, other) => Math.min(one, other), Infinity))
  }
  return undefined
}

const cronDate = (number: number): CronDate => {
  const [year, month, date] = dateOf(number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const daysInMonth = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return { year, month, day: date, weekday: ((number + 4) % 7) + 1, daysInMonth }
}
