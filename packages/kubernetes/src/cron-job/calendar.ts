/**
 * Converts between instants and the local time of a time zone. A local time that occurs twice or
 * never because of a clock change is resolved as Go's package `time` does.
 */
import { aheadAt, type TimeZone } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'

/** What clocks and calendars show. */
export interface ClockTime {
  readonly year: number
  /** From 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** From 0, Sunday, to 6. */
  readonly weekday: number
}

/** Lengths in milliseconds. */
export const secondLength = 1000
export const hourLength = 3600 * secondLength
const dayLength = 24 * hourLength

/** What the clocks of a zone show at an instant. */
export const clockTime = (zone: TimeZone, at: Instant): ClockTime => {
  const local = at + aheadAt(zone, at)
  const number = Math.floor(local / dayLength)
  const inDay = local - number * dayLength
  return {
    ...dateOf(number),
    hour: Math.floor(inDay / hourLength),
    minute: Math.floor((inDay % hourLength) / (60 * secondLength)),
    weekday: (((number + 4) % 7) + 7) % 7,
  }
}

/**
 * The instant of a date and an hour; a day or a month beyond the last goes on in the next.
 *
 * The offset is the one that holds at this time read as UTC, or, if that does not lead to the local
 * time, the one before or after the change.
 */
export const instantOf = (
  zone: TimeZone,
  { year, month, day, hour }: Pick<ClockTime, 'year' | 'month' | 'day' | 'hour'>,
): Instant => {
  const months = year * 12 + month - 1
  const [wholeYear, first] = [Math.floor(months / 12), months - Math.floor(months / 12) * 12]
  const local = (dayNumber(wholeYear, first + 1, 1) + day - 1) * dayLength + hour * hourLength
  const [ahead, from, until] = offsetAround(zone, local)
  const shifted = local - ahead
  const isRight = shifted >= from && shifted < until
  return instant(isRight ? shifted : local - offsetAround(zone, shifted)[0])
}

/** The offset at a time, and the instants from and until which it holds. */
const offsetAround = (
  { offsets }: TimeZone,
  at: number,
): readonly [ahead: number, from: number, until: number] => {
  let found = 0
  for (const [i, [from]] of offsets.entries()) if (from <= at) found = i
  return [
    offsets[found]?.[1] ?? 0,
    found === 0 ? -Infinity : offsets[found]![0],
    offsets[found + 1]?.[0] ?? Infinity,
  ]
}

/** The number of a day, counted from 1 January 1970; years begin in March here. */
const dayNumber = (year: number, month: number, day: number): number => {
  const fromMarch = month > 2 ? year : year - 1
  const leapDays =
    Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400)
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  return fromMarch * 365 + leapDays + inYear + day - 719_469
}

/** The date of a day. */
const dateOf = (number: number): Pick<ClockTime, 'year' | 'month' | 'day'> => {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const inEra = shifted - era * 146_097
  const leaps = Math.floor(inEra / 1460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096)
  const yearInEra = Math.floor((inEra - leaps) / 365)
  const before = 365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100)
  const inYear = inEra - before
  const fromMarch = Math.floor((5 * inYear + 2) / 153)
  return {
    year: yearInEra + era * 400 + (fromMarch >= 10 ? 1 : 0),
    month: fromMarch >= 10 ? fromMarch - 9 : fromMarch + 3,
    day: inYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  }
}
