/**
 * Reads an instant (date and time) from a text, field by field. Converts local time to UTC by
 * moving the clock one minute at a time. This is the slow reference implementation (twin) of the
 * kernel's reader of instants.
 */
import { isDigits } from './digits.js'

interface CalendarMinute {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly minute: number
}

/**
 * A number for the instant of a text; later instants have greater numbers. `undefined` when the
 * text is not an instant.
 */
export const instantTwin = (text: string): bigint | undefined => {
  const [date, time, ...more] = text.split('T') as [string, string?, ...string[]]
  if (more.length > 0 || date.length !== 10) return undefined
  const clock = time === undefined ? { minute: 0, nanoseconds: 0, east: 0 } : clockOf(time)
  const [year, month, day] = fields(date, '-', [4, 2, 2]) ?? []
  if (clock === undefined || year === undefined) return undefined
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysIn(year, month!)) return undefined
  const local = { year, month: month!, day: day!, minute: clock.minute }
  const utc = shiftMinutes(local, clock.east)
  return [
    [utc.month, 100],
    [utc.day, 100],
    [utc.minute, 10_000],
    [clock.nanoseconds, 100_000_000_000],
  ].reduce((sum, [number, most]) => sum * BigInt(most!) + BigInt(number!), BigInt(utc.year))
}

/** Numbers with these numbers of digits, separated by `between`. */
const fields = (
  text: string,
  between: string,
  lengths: readonly number[],
): readonly number[] | undefined => {
  const parts = text.split(between)
  const read = parts.every((part, i) => isDigits(part) && part.length === lengths[i])
  return read && parts.length === lengths.length ? parts.map(Number) : undefined
}

/** `east`: minutes ahead of UTC; `nanoseconds`: since the beginning of the minute. */
const clockOf = (
  text: string,
): { readonly minute: number; readonly nanoseconds: number; readonly east: number } | undefined => {
  const zoned = [...text].findIndex((letter) => 'Z+-'.includes(letter))
  const [bare, zone] = zoned < 0 ? [text, 'Z'] : [text.slice(0, zoned), text.slice(zoned)]
  const [whole, fraction, ...more] = bare.split('.') as [string, string?, ...string[]]
  const [hour, minute, second] = fields(whole, ':', [2, 2, 2]) ?? []
  const [hours, minutes] = zone === 'Z' ? [0, 0] : (fields(zone.slice(1), ':', [2, 2]) ?? [])
  if (hour === undefined || hours === undefined || more.length > 0) return undefined
  if (fraction !== undefined && (!isDigits(fraction) || fraction.length > 9)) return undefined
  if ([minute!, second!, minutes!].some((sixtieth) => sixtieth > 59)) return undefined
  if (hour > 23 || hours > 23) return undefined
  return {
    minute: hour * 60 + minute!,
    nanoseconds: second! * 1_000_000_000 + Number((fraction ?? '').padEnd(9, '0')),
    east: (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes!),
  }
}

/** The time so many minutes earlier. */
const shiftMinutes = (from: CalendarMinute, minutes: number): CalendarMinute => {
  let at = from
  for (let i = 0; i < Math.abs(minutes); i++) at = minutes > 0 ? minuteBefore(at) : minuteAfter(at)
  return at
}

const minuteBefore = ({ year, month, day, minute }: CalendarMinute): CalendarMinute => {
  if (minute > 0) return { year, month, day, minute: minute - 1 }
  if (day > 1) return { year, month, day: day - 1, minute: 1439 }
  if (month > 1) return { year, month: month - 1, day: daysIn(year, month - 1), minute: 1439 }
  return { year: year - 1, month: 12, day: 31, minute: 1439 }
}

const minuteAfter = ({ year, month, day, minute }: CalendarMinute): CalendarMinute => {
  if (minute < 1439) return { year, month, day, minute: minute + 1 }
  if (day < daysIn(year, month)) return { year, month, day: day + 1, minute: 0 }
  if (month < 12) return { year, month: month + 1, day: 1, minute: 0 }
  return { year: year + 1, month: 1, day: 1, minute: 0 }
}

/** Thirty days have September, April, June and November. */
const daysIn = (year: number, month: number): number => {
  const leap = year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0)
  if (month === 2) return leap ? 29 : 28
  return ['September', 'April', 'June', 'November'].includes(names[month]!) ? 30 : 31
}

const names = [
  ...['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
]
