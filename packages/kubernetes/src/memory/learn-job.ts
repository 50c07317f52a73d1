/**
 * Applies reports about Jobs and CronJobs to the controllers' memory (their state). An unknown Job
 * or CronJob continues from its reported status. For a known one, only the reported spec is
 * applied.
 */
import { decodeValue, utc, valueAt, type TimeZone } from '@stowage/documents'
import {
  instant,
  renderValue,
  withChanges,
  type Draft,
  type Instant,
  type MalformedValue,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { indexCount, parseIndexes } from '../job/index-set.js'
import {
  emptyTally,
  type JobConditionRecord,
  type JobTally,
  type JobTerms,
} from '../job/job-terms.js'
import { parseCronSchedule } from '../cron-job/schedule.js'
import type { Job } from '../words/job.js'
import { controllerNameOf, fullName, namespaceOf } from '../workload/workload.js'
import { jobTermsOf, newJobRecord, optionalMilliseconds, titleOfJob } from './job-record.js'
import { recordTemplate } from './learn-workload.js'
import type { ClassSetting } from './lowered-class.js'
import { withNote, type CronJobRecord, type KubernetesMemory } from './memory.js'
import { Moment } from '../wire/moment.js'
import type { ReportedObject } from './read-report.js'

/** The memory with a Job. */
export const withJob = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'Job'>,
): KubernetesMemory => {
  const { object, raw } = reported.found
  const { metadata, spec } = object
  const name = fullName(metadata)
  const title = titleOfJob(name)
  const known = memory.slotted.get(title)
  const { memory: next, template } = recordTemplate(draft, setting, memory, reported)
  const terms = jobTermsOf(spec, valueAt(raw, ['spec', 'template']))
  const cronJob = controllerNameOf(metadata, 'CronJob') ?? known?.job?.cronJob
  const fresh = newJobRecord({
    ...{ name, namespace: namespaceOf(metadata), template, terms, cronJob },
    tally: known?.job?.tally ?? reportedTally(object, terms),
    selector: spec.manualSelector === true ? spec.selector : undefined,
  })
  const record = {
    ...fresh,
    members: known?.members ?? fresh.members,
    waiting: known?.waiting ?? fresh.waiting,
    job: { ...fresh.job, serial: known?.job?.serial ?? 0 },
  }
  const cron = cronJob === undefined ? undefined : next.cronJobs.get(cronJob)
  const jobs = cron?.jobs.includes(title) === false ? [...cron.jobs, title] : cron?.jobs
  return withNote(
    {
      ...next,
      slotted: withChanges(next.slotted, [[title, record]]),
      cronJobs:
        cron === undefined || jobs === undefined
          ? next.cronJobs
          : withChanges(next.cronJobs, [[cron.name, { ...cron, jobs }]]),
    },
    { _tag: 'SlottedNote', title },
  )
}

/** What the status of a Job says. */
const reportedTally = ({ status }: Job, { completions = 0, isIndexed }: JobTerms): JobTally => {
  if (status === undefined) return emptyTally
  const completedIndexes = parseIndexes(status.completedIndexes ?? '', completions)
  const startedAt = optionalMoment(status.startTime)
  return {
    ...emptyTally,
    ...{ startedAt, failed: status.failed ?? 0, completedIndexes },
    succeeded: isIndexed ? indexCount(completedIndexes) : (status.succeeded ?? 0),
    failedIndexes: parseIndexes(status.failedIndexes ?? '', completions),
    conditions: status.conditions.flatMap((condition): readonly JobConditionRecord[] => {
      const type = conditionTypes.find((one) => one === condition.type)
      const { reason = '', message = '', lastTransitionTime } = condition
      const at = optionalMoment(lastTransitionTime) ?? startedAt ?? instant(0)
      const isTrue = condition.status === 'True'
      return type === undefined
        ? []
        : [{ type, status: isTrue ? 'True' : 'False', reason, message, at }]
    }),
  }
}

const conditionTypes = [
  'Suspended',
  'SuccessCriteriaMet',
  'FailureTarget',
  'Complete',
  'Failed',
] as const

const optionalMoment = (text: unknown): Instant | undefined => {
  const moment = decodeValue(Moment, text)
  return E.isRight(moment) ? moment.right : undefined
}

/** The memory with a CronJob; a `Left` for a time zone that is not given. */
export const withCronJob = (
  draft: Draft,
  setting: ClassSetting & { readonly zones: ReadonlyMap<string, TimeZone> },
  memory: KubernetesMemory,
  reported: ReportedObject<'CronJob'>,
  now: Instant,
): E.Either<MalformedValue, KubernetesMemory> => {
  const { object, raw } = reported.found
  const { metadata, spec, status } = object
  const { zones } = setting
  const zoneName = spec.timeZone ?? utc.name
  const zone = zones.get(zoneName) ?? (zoneNamesOfUtc.includes(zoneName) ? utc : undefined)
  const schedule = parseCronSchedule(spec.schedule ?? '')
  if (zone === undefined)
    return E.left({
      ...{ at: ['spec', 'timeZone'], found: renderValue(zoneName) },
      expected: `a time zone whose transitions were given: ${[utc.name, ...zones.keys()].join(', ')}`,
    })
  if (E.isLeft(schedule))
    return E.left({
      at: ['spec', 'schedule'],
      found: renderValue(spec.schedule),
      expected: 'a schedule',
    })
  const name = fullName(metadata)
  const known = memory.cronJobs.get(name)
  const { memory: next, template } = recordTemplate(draft, setting, memory, reported)
  const lastScheduled = optionalMoment(status?.lastScheduleTime)
  const record: CronJobRecord = {
    ...{ name, namespace: namespaceOf(metadata), isDeleted: false, template },
    terms: {
      ...{ schedule: schedule.right, zone, isSuspended: spec.suspend === true },
      startingDeadline: optionalMilliseconds(spec.startingDeadlineSeconds),
      concurrency: spec.concurrencyPolicy ?? 'Allow',
      successesMax: spec.successfulJobsHistoryLimit ?? 3,
      failuresMax: spec.failedJobsHistoryLimit ?? 1,
    },
    jobTerms: jobTermsOf(
      spec.jobTemplate.spec,
      valueAt(raw, ['spec', 'jobTemplate', 'spec', 'template']),
    ),
    created:
      known?.created ??
      wholeSecond(optionalMoment(valueAt(raw, ['metadata', 'creationTimestamp'])) ?? now),
    lastScheduled: known?.lastScheduled ?? lastScheduled,
    missed: known?.missed ?? 'none',
    jobs: known?.jobs ?? jobsOf(memory, name),
    ...(known?.succeeded === undefined ? {} : { succeeded: known.succeeded }),
    ...(known?.failed === undefined ? {} : { failed: known.failed }),
  }
  return E.right(
    withNote(
      { ...next, cronJobs: withChanges(next.cronJobs, [[name, record]]) },
      { _tag: 'CronJobNote', name },
    ),
  )
}

const zoneNamesOfUtc = ['UTC', 'Etc/UTC']

/** The API server stores whole seconds. */
const wholeSecond = (at: Instant): Instant => instant(Math.floor(at / 1000) * 1000)

/** The titles of the Jobs that a CronJob controls. */
const jobsOf = ({ slotted }: KubernetesMemory, name: string): readonly string[] =>
  [...slotted.values()].filter(({ job }) => job?.cronJob === name).map(({ title }) => title)
