/**
 * Finds the next run of a cron schedule. It goes from the coarsest field to the finest (month, day,
 * hour, minute), each time to the next value that matches.
 *
 * Source: Kubernetes documentation, "CronJob" (schedule syntax), and answers of robfig/cron v3.
 */
import type { TimeZone } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'
import type { CronSchedule } from './schedule.js'
import { clockTime, hourLength, instantOf, secondLength, type ClockTime } from './calendar.js'

type FieldSchedule = Extract<CronSchedule, { readonly _tag: 'Fields' }>

const minuteLength = 60 * secondLength

/** The first run after an instant; `undefined` when there is none within five years. */
export const nextRun = (
  schedule: CronSchedule,
  zone: TimeZone,
  after: Instant,
): Instant | undefined => {
  const second = Math.floor(after / secondLength) * secondLength
  return schedule._tag === 'Every'
    ? instant(second + schedule.period)
    : nextOfFields(schedule, zone, instant(second + secondLength))
}

/** A time in the search, and whether it is the beginning of an hour, a day or a month. */
interface FieldSearch {
  at: Instant
  hasMoved: boolean
}

/**
 * A field that wraps round begins the search anew. Where clocks change at midnight the search takes
 * a step of an hour, as the library does.
 */
const nextOfFields = (
  schedule: FieldSchedule,
  zone: TimeZone,
  from: Instant,
): Instant | undefined => {
  const search: FieldSearch = { at: from, hasMoved: false }
  const lastYear = clockTime(zone, from).year + 5
  while (clockTime(zone, search.at).year <= lastYear) {
    const hasWrapped =
      toMonth(schedule, zone, search) ||
      toDay(schedule, zone, search) ||
      toHour(schedule, zone, search) ||
      toMinute(schedule, zone, search) ||
      toSecond(search)
    if (!hasWrapped) return search.at
  }
  return undefined
}

/** Goes to the first month that matches; `true` when that is in another year. */
const toMonth = ({ months }: FieldSchedule, zone: TimeZone, search: FieldSearch): boolean => {
  for (;;) {
    const time = clockTime(zone, search.at)
    if (months.includes(time.month)) return false
    const start = search.hasMoved ? time : { ...time, day: 1, hour: 0 }
    search.hasMoved = true
    search.at = instantOf(zone, { ...start, month: start.month + 1 })
    if (clockTime(zone, search.at).month === 1) return true
  }
}

/** Goes to the first day that matches; `true` when that is in another month. */
const toDay = (schedule: FieldSchedule, zone: TimeZone, search: FieldSearch): boolean => {
  for (;;) {
    const time = clockTime(zone, search.at)
    if (matchesDay(schedule, time)) return false
    const start = search.hasMoved ? time : { ...time, hour: 0 }
    search.hasMoved = true
    const next = instantOf(zone, { ...start, day: start.day + 1 })
    const { hour } = clockTime(zone, next)
    search.at = instant(next + (hour > 12 ? 24 - hour : -hour) * hourLength)
    if (clockTime(zone, search.at).day === 1) return true
  }
}

const matchesDay = (
  { days, weekdays, needsBothDays }: FieldSchedule,
  { day, weekday }: ClockTime,
): boolean => {
  const [inMonth, inWeek] = [days.includes(day), weekdays.includes(weekday)]
  return needsBothDays ? inMonth && inWeek : inMonth || inWeek
}

/** Goes to the first hour that matches; `true` when that is on another day. */
const toHour = ({ hours }: FieldSchedule, zone: TimeZone, search: FieldSearch): boolean => {
  for (;;) {
    const time = clockTime(zone, search.at)
    if (hours.includes(time.hour)) return false
    const start = search.hasMoved ? search.at : instantOf(zone, time)
    search.hasMoved = true
    search.at = instant(start + hourLength)
    if (clockTime(zone, search.at).hour === 0) return true
  }
}

/** Goes to the first minute that matches; `true` when that is in another hour. */
const toMinute = ({ minutes }: FieldSchedule, zone: TimeZone, search: FieldSearch): boolean => {
  for (;;) {
    const time = clockTime(zone, search.at)
    if (minutes.includes(time.minute)) return false
    const start = search.hasMoved ? search.at : search.at - (search.at % minuteLength)
    search.hasMoved = true
    search.at = instant(start + minuteLength)
    if (clockTime(zone, search.at).minute === 0) return true
  }
}

/** Goes to the first second of a minute; `true` when that is of another minute. */
const toSecond = (search: FieldSearch): boolean => {
  const rest = search.at % minuteLength
  if (rest === 0) return false
  search.hasMoved = true
  search.at = instant(search.at + minuteLength - rest)
  return true
}
