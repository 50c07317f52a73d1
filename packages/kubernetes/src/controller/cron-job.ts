/**
 * Reconciles a CronJob: starts a Job when a run is due, and deletes Jobs that are replaced or are
 * beyond the history limits.
 */
import { cronTurn, type CronRun } from '../cron-job/cron-turn.js'
import { endOf } from '../job/job-terms.js'
import { cronJobIn, putCronJob, slottedIn, type MemoryEdit } from '../memory/edit.js'
import { newJobRecord, titleOfJob } from '../memory/job-record.js'
import type { CronJobRecord } from '../memory/memory.js'

/** The title of a CronJob. */
export const titleOfCronJob = (name: string): string => `CronJob ${name}`

/** Syncs a CronJob; returns the titles of the Jobs that it started or lets go. */
export const syncCronJob = (edit: MemoryEdit, name: string): readonly string[] => {
  const found = cronJobIn(edit, name)
  if (found === undefined) return []
  if (found.isDeleted) return removeCronJob(edit, found)
  const own = found.jobs.filter((title) => slottedIn(edit, title) !== undefined)
  const { started, removed, lastScheduled, missed, wakeAt } = cronTurn(
    found.name,
    found.terms,
    found,
    own.flatMap((title) => runOf(edit, title) ?? []),
    edit.now,
  )
  const gone = removed.map(titleOfJob)
  for (const title of gone) letGo(edit, title)
  const title = started === undefined ? undefined : startJob(edit, found, started)
  const jobs = [
    ...own.filter((one) => !gone.includes(one)),
    ...(title === undefined ? [] : [title]),
  ]
  putCronJob(edit, name, { ...found, jobs, lastScheduled, missed })
  edit.dues.set(titleOfCronJob(name), wakeAt)
  return [...gone, ...(title === undefined ? [] : [title])]
}

const removeCronJob = (
  edit: MemoryEdit,
  { name, jobs, isOrphaning }: CronJobRecord,
): readonly string[] => {
  for (const title of jobs)
    if (isOrphaning === true) disown(edit, title)
    else letGo(edit, title)
  putCronJob(edit, name, undefined)
  edit.dues.set(titleOfCronJob(name), undefined)
  edit.gone.add(titleOfCronJob(name))
  return jobs
}

const letGo = (edit: MemoryEdit, title: string): void => {
  const record = slottedIn(edit, title)
  if (record !== undefined) edit.slotted.set(title, { ...record, isDeleted: true })
}

const disown = (edit: MemoryEdit, title: string): void => {
  const record = slottedIn(edit, title)
  if (record?.job !== undefined)
    edit.slotted.set(title, { ...record, job: { ...record.job, cronJob: undefined } })
}

const runOf = (edit: MemoryEdit, title: string): CronRun | undefined => {
  const record = slottedIn(edit, title)
  if (record?.job === undefined || record.isDeleted) return undefined
  const { tally } = record.job
  const end = endOf(tally)?.type
  return {
    ...{ name: record.name, startedAt: tally.startedAt },
    end: end === 'Complete' || end === 'Failed' ? end : undefined,
  }
}

/** Makes a Job; one of the name that something else made is left alone. */
const startJob = (
  edit: MemoryEdit,
  { name, namespace, template, jobTerms: terms }: CronJobRecord,
  job: string,
): string | undefined => {
  const title = titleOfJob(job)
  if (slottedIn(edit, title) !== undefined) return undefined
  const record = newJobRecord({ name: job, namespace, template, terms, cronJob: name })
  edit.slotted.set(title, record)
  edit.writes++
  return title
}
