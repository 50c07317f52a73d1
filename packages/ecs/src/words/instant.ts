/**
 * Converts the timestamps of the API. Reads three formats: seconds since 1970 (the API itself), ISO
 * 8601 (the command line), and date and time with a space between them (SDKs). Writes an instant as
 * seconds since 1970 or in ISO 8601.
 */
import { codecOf, type Codec } from '@stowage/documents'
import { compareAs, instantOfSeconds, type Instant } from '@stowage/kernel'

/**
 * Decodes any of the three formats to a text in ISO 8601. Code that computes with a moment uses an
 * `Instant`, in milliseconds.
 */
export const Timestamp: Codec<string> = codecOf(
  'a moment: seconds since 1970, or such as 2018-06-18T22:28:28Z',
  (value) => {
    const text = typeof value === 'number' ? instantText(instantOfSeconds(value)) : value
    if (typeof text !== 'string') return undefined
    const written = text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
    return compareAs('instant')(written, written) === undefined ? undefined : written
  },
)

/** An instant in seconds since 1970, as the API writes it, with its milliseconds as a fraction. */
export const secondsOf = (at: Instant): number => at / 1000

const secondsPerDay = 86_400

/** An instant in ISO 8601, to the millisecond; `undefined` outside the years 1970 to 9999. */
export const instantText = (milliseconds: Instant): string | undefined => {
  const isMoment = Number.isInteger(milliseconds) && milliseconds >= 0
  if (!isMoment || milliseconds >= 253_402_300_800_000) return undefined
  const whole = Math.floor(secondsOf(milliseconds))
  const [year, month, day] = dateOf(Math.floor(whole / secondsPerDay))
  const second = whole % secondsPerDay
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
  const fraction = String(milliseconds % 1000).padStart(3, '0')
  return `${[year, ...[month, day].map(two)].join('-')}T${time.map(two).join(':')}.${fraction}Z`
}

const two = (number: number): string => String(number).padStart(2, '0')

/**
 * The date of a day number, counted from 1 January 1970. Years begin in March here, so that the
 * leap day is the last of a year.
 */
export const dateOf = (day: number): readonly [year: number, month: number, day: number] => {
  const since = day + 719_468
  const era = Math.floor(since / 146_097)
  const ofEra = since - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return [year, month, ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1]
}
