/**
 * Converts between instants and the local times of a time zone. The caller supplies the transitions
 * of the zone as data; this package knows no zone but UTC.
 */
import { aheadAt, type TimeZone } from '@stowage/documents'
import { instant, type Instant } from '@stowage/kernel'
import { dateOf } from '../words/instant.js'

/** What the clocks show at an instant, in milliseconds since 1970 as if they showed UTC. */
export const clockAt = (zone: TimeZone, at: Instant): number => at + aheadAt(zone, at)

/**
 * The instant at which the clocks first show a time; `undefined` for one that they skip when they
 * are put forward.
 */
export const instantAtClock = (zone: TimeZone, clock: number): Instant | undefined => {
  const candidates = zone.offsets
    .map(([, ahead]) => ({ at: clock - ahead, ahead }))
    .filter(({ at, ahead }) => at >= 0 && aheadAt(zone, instant(at)) === ahead)
    .map(({ at }) => at)
  const [first, ...others] = candidates
  return first === undefined
    ? undefined
    : instant(others.reduce((one, other) => Math.min(one, other), first))
}

/** What `2026-03-05T09:30:00` says, in milliseconds since 1970 as if it were UTC. */
export const clockOfText = (text: string): number | undefined => {
  const fields = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number)
  if (fields === undefined) return undefined
  const [year, month, date, hour, at, second] = fields as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || at > 59 || second > 59)
    return undefined
  const number = dayNumber(year, month, date)
  const isThere = String(dateOf(number)) === String([year, month, date])
  return isThere ? ((number * 24 + hour) * 3600 + at * 60 + second) * 1000 : undefined
}

/** The number of a day, counted from 1 January 1970. Years begin in March here. */
const dayNumber = (year: number, month: number, date: number): number => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const inEra = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear
  return era * 146_097 + inEra - 719_468
}
