/**
 * Decides what one sync of a CronJob does: whether a Job starts, which Jobs are deleted, and when
 * the next sync is due.
 * 1. Ended Jobs beyond the history limits are deleted, the oldest (by start time) first.
 * 2. A run is due when a time of the schedule has passed since the last run, within the deadline.
 *    If several runs were missed, at most the last one is started late.
 * 3. With `Forbid`, a due run waits while a Job is active; with `Replace`, active Jobs are deleted.
 *
 * Source: Kubernetes documentation, "CronJob", and the answers of Kubernetes 1.37.
 */
import type { TimeZone } from '@stowage/documents'
import { byCodeUnit, instant, type Instant } from '@stowage/kernel'
import type { CronSchedule } from './schedule.js'
import { nextRun } from './next-run.js'

/** What the spec of a CronJob says; times in milliseconds. */
export interface CronTerms {
  readonly schedule: CronSchedule
  readonly zone: TimeZone
  readonly startingDeadline: number | undefined
  readonly concurrency: 'Allow' | 'Forbid' | 'Replace'
  readonly isSuspended: boolean
  readonly successesMax: number
  readonly failuresMax: number
}

/** A Job of a CronJob. */
export interface CronRun {
  readonly name: string
  readonly startedAt: Instant | undefined
  readonly end: 'Complete' | 'Failed' | undefined
}

/** What a sync decides. */
export interface CronTurn {
  /** The name of the Job to start. */
  readonly started: string | undefined
  readonly lastScheduled: Instant | undefined
  readonly removed: readonly string[]
  /** When to look again; `undefined` when only a change can matter. */
  readonly wakeAt: Instant | undefined
  /** How many runs were missed: more than 100 is said to be a sign of a wrong clock. */
  readonly missed: 'none' | 'few' | 'many'
}

/** Kubernetes looks so much later than a run is due, as clocks differ. */
const lookDelay = 100

/** One sync. `created` and `lastScheduled` are in whole seconds. */
export const cronTurn = (
  name: string,
  terms: CronTerms,
  status: { readonly created: Instant; readonly lastScheduled: Instant | undefined },
  runs: readonly CronRun[],
  now: Instant,
): CronTurn => {
  const removed = historySurplus(terms, runs)
  const { lastScheduled } = status
  const nothing = { started: undefined, removed, lastScheduled, missed: 'none' as const }
  if (terms.isSuspended) return { ...nothing, wakeAt: undefined }
  const due = lastRun(terms, status, now, terms.startingDeadline)
  if (due === undefined) return { ...nothing, wakeAt: undefined }
  const { at, missed } = due
  const wakeAt = lookAgain(terms, status, now)
  if (at === undefined) return { ...nothing, wakeAt }
  const job = runName(name, at)
  const active = runs.filter(({ end }) => end === undefined)
  const isTooLate = terms.startingDeadline !== undefined && at + terms.startingDeadline < now
  const isDone = at === lastScheduled || active.some((run) => run.name === job)
  if (isTooLate || isDone || (terms.concurrency === 'Forbid' && active.length > 0))
    return { ...nothing, wakeAt, missed }
  return {
    started: runs.some((run) => run.name === job) ? undefined : job,
    removed: [
      ...removed,
      ...(terms.concurrency === 'Replace' ? active.map((run) => run.name) : []),
    ],
    ...{ lastScheduled: at, missed },
    wakeAt: lookAgain(terms, { ...status, lastScheduled: at }, now),
  }
}

/**
 * The name of the Job of a run: it ends with the minutes since 1970.
 *
 * All runs of one minute share the name of their Job: the second only sets the last schedule time.
 */
const runName = (name: string, at: Instant): string => `${name}-${Math.floor(at / 60_000)}`

const historySurplus = (
  { successesMax, failuresMax }: CronTerms,
  runs: readonly CronRun[],
): readonly string[] => {
  const surplus = (end: CronRun['end'], max: number) => {
    const ended = runs.filter((run) => run.end === end).sort(byRunStart)
    return ended.slice(0, Math.max(0, ended.length - max)).map(({ name }) => name)
  }
  return [...surplus('Complete', successesMax), ...surplus('Failed', failuresMax)]
}

/** A run that did not start comes last. */
const byRunStart = (one: CronRun, other: CronRun): number =>
  one.startedAt === other.startedAt
    ? byCodeUnit(one.name, other.name)
    : (one.startedAt ?? Infinity) - (other.startedAt ?? Infinity)

type CronStatus = Parameters<typeof cronTurn>[2]

/**
 * The last run that is due; `undefined` for a schedule that never runs twice. The number of missed
 * runs is estimated by the time between the first two, as Kubernetes does.
 */
const lastRun = (
  { schedule, zone }: CronTerms,
  { created, lastScheduled = created }: CronStatus,
  now: Instant,
  deadline: number | undefined,
):
  | (Pick<CronTurn, 'missed'> & { readonly at: Instant | undefined; readonly earliest: Instant })
  | undefined => {
  const earliest =
    deadline === undefined ? lastScheduled : instant(Math.max(lastScheduled, now - deadline))
  const first = nextRun(schedule, zone, earliest)
  const second = first === undefined ? undefined : nextRun(schedule, zone, first)
  if (first !== undefined && now < first) return { at: undefined, earliest, missed: 'none' }
  if (first === undefined || second === undefined) return undefined
  if (now < second) return { at: first, earliest, missed: 'none' }
  const between = Math.round((second - first) / 1000) * 1000
  const count = Math.floor(Math.floor((now - first) / 1000) / (between / 1000)) + 1
  let at: Instant | undefined
  let next = nextRun(schedule, zone, instant(Math.max(0, first + (count - 2) * between)))
  for (; next !== undefined && next <= now; next = nextRun(schedule, zone, next)) at = next
  return { at, earliest, missed: count > 100 ? 'many' : 'few' }
}

const lookAgain = (terms: CronTerms, status: CronStatus, now: Instant): Instant | undefined => {
  const last = lastRun(terms, status, now, undefined)
  const from = last?.at ?? (last?.missed === 'none' ? last.earliest : now)
  const next = nextRun(terms.schedule, terms.zone, from)
  return next === undefined ? undefined : instant(Math.max(next + lookDelay, now + 1))
}
