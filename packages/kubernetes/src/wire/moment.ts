/**
 * Decodes the timestamps of the API (RFC 3339 texts) to whole milliseconds. Fractions of a
 * millisecond are cut off.
 */
import { codecOf, decodeValue, type Codec } from '@stowage/documents'
import { compareAs, instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

const momentShape =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/

/** A timestamp as an instant. */
export const Moment: Codec<Instant> = codecOf('a moment such as 2026-01-31T08:00:00Z', (value) =>
  typeof value === 'string' ? instantOfText(value) : undefined,
)

/** An instant from a text of the API; the other one when it is missing. */
export const momentOr = (text: string | undefined, fallback: Instant): Instant => {
  const moment = decodeValue(Moment, text)
  return E.isRight(moment) ? instant(moment.right) : fallback
}

const instantOfText = (text: string): Instant | undefined => {
  const [found, ...parts] = momentShape.exec(text) ?? []
  if (found === undefined || compareAs('instant')(text, text) === undefined) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(0, 6).map(Number)
  const [fraction = '', sign = '+', hoursEast = '0', minutesEast = '0'] = parts.slice(6)
  const east = (Number(hoursEast) * 60 + Number(minutesEast)) * (sign === '-' ? -1 : 1)
  const minutes = (daysSince1970(year!, month!, day!) * 24 + hour!) * 60 + minute! - east
  return instant((minutes * 60 + second!) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)))
}

/** In the Gregorian calendar; years begin in March here, so that the leap day is their last. */
const daysSince1970 = (year: number, month: number, day: number): number => {
  const fromMarch = month > 2 ? year : year - 1
  const monthFromMarch = (month + 9) % 12
  const leapDays =
    Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400)
  return fromMarch * 365 + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 719_469
}
