/**
 * Parses the cron schedule of a CronJob, including the special cases of the library that Kubernetes
 * uses:
 * 1. A number with a step, `5/15`, is a range to the end of the field.
 * 2. In `*-abc/5` and `?-abc/5`, the part `-abc` is ignored. Empty parts between commas are
 *    ignored, too.
 * 3. `*` with a step above 1 restricts its field; `*` without a step, or with the step 1, does not.
 * 4. If day of month and day of week are both restricted, a day must match one of them; otherwise
 *    it must match both.
 * 5. The period of `@every` is cut to whole seconds, and is at least one second.
 *
 * Source: Kubernetes documentation, "CronJob" (schedule syntax), and answers of robfig/cron v3.
 */
import { decodeValue } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { Duration } from '../setting/duration.js'

/** When a CronJob runs. */
export type CronSchedule =
  | {
      readonly _tag: 'Fields'
      readonly minutes: readonly number[]
      readonly hours: readonly number[]
      readonly days: readonly number[]
      readonly months: readonly number[]
      readonly weekdays: readonly number[]
      /** Whether a day needs to match both lists of days, and not only one of them. */
      readonly needsBothDays: boolean
    }
  /** So many milliseconds after the last run. */
  | { readonly _tag: 'Every'; readonly period: number }

/** The bounds of a field. */
export interface CronField {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly words: readonly string[]
}

const monthNames = [
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
]
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The fields of a schedule, in their order. */
export const cronFields: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: monthNames },
  { name: 'day of the week', min: 0, max: 6, words: dayNames },
]

/** The words in the place of five fields, each with what it says. */
export const cronMacros: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
])

/** Why a text is no schedule: the field that is wrong, by its position, where one alone is. */
export interface WrongSchedule {
  readonly field: number | undefined
  readonly found: string
}

/** The schedule that a text says. */
export const parseCronSchedule = (text: string): E.Either<WrongSchedule, CronSchedule> => {
  const wrong: WrongSchedule = { field: undefined, found: text }
  if (text.startsWith('@every ')) {
    const period = goSeconds(text.slice('@every '.length))
    return period === undefined
      ? E.left(wrong)
      : E.right({ _tag: 'Every', period: Math.max(1, period) * 1000 })
  }
  const fields = (cronMacros.get(text) ?? text).trim().split(/\s+/)
  if (fields.length !== cronFields.length || text.includes('TZ')) return E.left(wrong)
  const parts = fields.map((field, i) => cronValues(field, cronFields[i]!))
  const field = parts.indexOf(undefined)
  if (field >= 0) return E.left({ field, found: fields[field]! })
  const [minutes, hours, days, months, weekdays] = parts.map((part) => part!.values) as [
    ...[readonly number[], readonly number[], readonly number[], readonly number[]],
    readonly number[],
  ]
  const needsBothDays = parts[2]!.isAny || parts[4]!.isAny
  return E.right({ _tag: 'Fields', minutes, hours, days, months, weekdays, needsBothDays })
}

interface FieldValues {
  readonly values: readonly number[]
  /** Whether it holds `*` or `?` with the step 1. */
  readonly isAny: boolean
}

const cronValues = (text: string, field: CronField): FieldValues | undefined => {
  const values = new Set<number>()
  let isAny = false
  for (const part of text.split(',').filter((one) => one !== '')) {
    const range = rangeOf(part, field)
    if (range === undefined) return undefined
    for (let value = range.first; value <= range.last; value += range.step) values.add(value)
    isAny ||= range.isAny
  }
  return { values: [...values].sort((a, b) => a - b), isAny }
}

interface StepRange {
  readonly first: number
  readonly last: number
  readonly step: number
  readonly isAny: boolean
}

const rangeOf = (part: string, field: CronField): StepRange | undefined => {
  const [range = '', stepText, ...more] = part.split('/')
  const step = stepText === undefined ? 1 : wholeIn(stepText)
  if (more.length > 0 || step === undefined || step < 1) return undefined
  const [low = '', high, ...rest] = range.split('-')
  if (low === '*' || low === '?')
    return { first: field.min, last: field.max, step, isAny: step === 1 }
  const first = cronValue(low, field)
  const end =
    high === undefined ? (stepText === undefined ? first : field.max) : cronValue(high, field)
  if (rest.length > 0 || first === undefined || end === undefined) return undefined
  return first < field.min || end > field.max || first > end
    ? undefined
    : { first, last: end, step, isAny: false }
}

const cronValue = (text: string, { min, words }: CronField): number | undefined => {
  const word = words.indexOf(text.toLowerCase())
  return word >= 0 ? word + min : wholeIn(text)
}

const wholeIn = (text: string): number | undefined =>
  /^\+?\d{1,18}$/.test(text) ? Number(text) : undefined

/** A duration of Go is a whole number of nanoseconds in 64 bits. */
const secondsMax = 9_223_372_036

/** The whole seconds of a duration of Go, such as `1h30m`; `undefined` for another text. */
const goSeconds = (text: string): number | undefined => {
  const read = decodeValue(Duration, text)
  return E.isRight(read) && Math.abs(read.right.seconds) <= secondsMax
    ? Math.trunc(read.right.seconds)
    : undefined
}
