/**
 * Checks CronJobs, and above all their schedules.
 *
 * Source: Kubernetes documentation, "CronJob" (schedule syntax, time zones).
 */
import type { WireCronSpec } from '../wire/objects.js'
import { cause, unless, unlessNegative, unlessOneOf, type Cause, type Place } from './cause.js'
import { wrongJobSpec } from './job.js'
import type { Gates } from './pod.js'

/** Its Jobs have eleven characters more in their names. */
const nameMax = 52

/** Errors in the spec of a CronJob with this name. */
export const wrongCronJob = (spec: WireCronSpec, name: string, gates: Gates): readonly Cause[] => {
  const at: Place = ['spec']
  const job = spec.jobTemplate?.spec ?? {}
  const inJob: Place = [...at, 'jobTemplate', 'spec']
  return [
    ...unless(name.length <= nameMax, ['metadata', 'name'], name, `at most ${nameMax} characters`),
    ...wrongSchedule(spec.schedule ?? '', [...at, 'schedule']),
    ...unlessNegative(spec.startingDeadlineSeconds, [...at, 'startingDeadlineSeconds']),
    ...wrongZone(spec.timeZone, [...at, 'timeZone']),
    ...unlessOneOf(['Allow', 'Forbid', 'Replace'], spec.concurrencyPolicy, [
      ...at,
      'concurrencyPolicy',
    ]),
    ...wrongJobSpec(job, inJob, gates),
    ...unless(
      job.selector === undefined,
      [...inJob, 'selector'],
      job.selector,
      'no selector, as the API server generates one',
    ),
    ...unless(job.manualSelector !== true, [...inJob, 'manualSelector'], true, 'false'),
    ...unlessNegative(spec.successfulJobsHistoryLimit, [...at, 'successfulJobsHistoryLimit']),
    ...unlessNegative(spec.failedJobsHistoryLimit, [...at, 'failedJobsHistoryLimit']),
  ]
}

const wrongSchedule = (schedule: string, at: Place): readonly Cause[] =>
  schedule === ''
    ? [cause(at, schedule, 'a schedule', at, true)]
    : unless(isSchedule(schedule), at, schedule, expectedSchedule(schedule))

const macros = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

const fieldsOf = (schedule: string): readonly string[] => schedule.trim().split(/\s+/)

const isSchedule = (schedule: string): boolean => {
  if (schedule.startsWith('@'))
    return macros.includes(schedule) || isDuration(schedule.replace(/^@every /, ''))
  const fields = fieldsOf(schedule)
  return (
    !schedule.includes('TZ') &&
    fields.length === bounds.length &&
    fields.every((field, i) => isField(field, bounds[i]!))
  )
}

const isField = (field: string, bound: Bound): boolean =>
  field.split(',').every((part) => isPart(part, bound))

/** What is expected of a wrong schedule: of its first wrong field, if it has five. */
const expectedSchedule = (schedule: string): string => {
  if (schedule.includes('TZ')) return 'no time zone, which spec.timeZone names'
  if (schedule.startsWith('@')) return `one of ${macros.join(', ')}, or @every and a duration`
  const fields = fieldsOf(schedule)
  const wrong = fields.findIndex((field, i) => bounds[i] && !isField(field, bounds[i]))
  const bound = bounds[wrong]
  if (fields.length !== bounds.length || bound === undefined)
    return `five fields (${bounds.map(({ name }) => name).join(', ')}), or a word such as @daily`
  const { name, min, max, words } = bound
  const names = words.length === 0 ? '' : `, or ${words[0]} to ${words.at(-1)}`
  return `a ${name} (field ${wrong + 1}, ${fields[wrong]}) from ${min} to ${max}${names}, as *, a number, a range such as ${min}-${max}, or these with a step such as */2`
}

const isDuration = (text: string): boolean =>
  text === '0' || /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text)

interface Bound {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly words: readonly string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const bounds: readonly Bound[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: months },
  { name: 'day of the week', min: 0, max: 6, words: days },
]

/** `*`, a number, a range, each with an optional step above 0. */
const isPart = (part: string, bound: Bound): boolean => {
  const [range = '', step, ...rest] = part.split('/')
  const [low = '', high, ...more] = range.split('-')
  if (rest.length > 0 || more.length > 0) return false
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0)) return false
  if (low === '*' || low === '?') return high === undefined
  const [first, last] = [numberOf(low, bound), numberOf(high ?? low, bound)]
  return first !== undefined && last !== undefined && first <= last
}

const numberOf = (text: string, { min, max, words }: Bound): number | undefined => {
  const word = words.indexOf(text.toLowerCase())
  const value = word >= 0 ? word + min : /^\d+$/.test(text) ? Number(text) : undefined
  return value !== undefined && value >= min && value <= max ? value : undefined
}

/** A name of the time zone database; which ones exist is not known here. */
const wrongZone = (zone: string | undefined, at: Place): readonly Cause[] => {
  if (zone === undefined) return []
  const isName = zone.split('/').every((part) => /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/.test(part))
  return unless(
    isName && zone.toLowerCase() !== 'local' && isKnownArea(zone),
    at,
    zone,
    'a time zone such as Etc/UTC',
  )
}

const areas = [
  'Africa',
  'America',
  'Antarctica',
  'Arctic',
  'Asia',
  'Atlantic',
  'Australia',
  'Brazil',
  'Canada',
  'Chile',
  'Etc',
  'Europe',
  'Indian',
  'Mexico',
  'Pacific',
  'US',
]

const isKnownArea = (zone: string): boolean => {
  const [area = '', place] = zone.split('/')
  return place === undefined ? /^[A-Z]/.test(area) : areas.includes(area)
}
