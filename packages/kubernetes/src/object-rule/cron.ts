/**
 * Validates CronJobs as the API server does: name, schedule, time zone, concurrency policy, history
 * limits and the template of the Jobs.
 *
 * Source: Kubernetes documentation, "CronJob" (schedule syntax, time zones).
 */
import * as E from 'fp-ts/lib/Either.js'
import type { WireCronSpec } from '../wire/objects.js'
import {
  cronFields,
  cronMacros,
  parseCronSchedule,
  type WrongSchedule,
} from '../cron-job/schedule.js'
import {
  cause,
  unless,
  unlessNegative,
  unlessOneOf,
  type Cause,
  type Place,
} from '../validation/cause.js'
import { wrongJobSpec } from './job.js'
import type { Gates } from '../validation/pod.js'

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

const wrongSchedule = (schedule: string, at: Place): readonly Cause[] => {
  if (schedule === '') return [cause(at, schedule, 'a schedule', at, true)]
  const read = parseCronSchedule(schedule)
  return E.isRight(read) ? [] : unless(false, at, schedule, expectedSchedule(schedule, read.left))
}

/** What is expected of a wrong schedule: of its first wrong field, if it has five. */
const expectedSchedule = (schedule: string, { field, found }: WrongSchedule): string => {
  if (schedule.includes('TZ')) return 'no time zone, which spec.timeZone names'
  if (schedule.startsWith('@'))
    return `one of ${[...cronMacros.keys()].join(', ')}, or @every and a duration`
  if (field === undefined)
    return `five fields (${cronFields.map(({ name }) => name).join(', ')}), or a word such as @daily`
  const { name, min, max, words } = cronFields[field]!
  const names = words.length === 0 ? '' : `, or ${words[0]} to ${words.at(-1)}`
  return `a ${name} (field ${field + 1}, ${found}) from ${min} to ${max}${names}, as *, a number, a range such as ${min}-${max}, or these with a step such as */2`
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
