/**
 * Decides what one sync of a Job does, after ended pods have been counted:
 *
 * 1. A Job that has failed, or met its success criteria, gets a condition that says so, and all its
 *    pods are ended.
 * 2. When its last pod is gone, the Job becomes Failed or Complete.
 * 3. A suspended Job has no pods. Any other Job has as many as its parallelism allows and its
 *    completions need.
 * 4. After a failure no pod is created until the back-off is over.
 *
 * Source: Kubernetes documentation, "Jobs", and the recorded answers of Kubernetes 1.37.
 */
import type { Instant } from '@stowage/kernel'
import { backoffLeft } from './backoff.js'
import { failedTarget, successTarget, type JobTarget } from './job-target.js'
import { indexesOf, lowestMissing, mergeIndexes } from './index-set.js'
import {
  conditionIn,
  endOf,
  withJobCondition,
  type JobConditionRecord,
  type JobTally,
  type JobTerms,
} from './job-terms.js'
import { jobPodsToRemove, type RemovablePod } from './removal-order.js'

/** A pod that has neither succeeded nor failed. */
export interface JobPod extends RemovablePod {
  /** Whether it is being ended. */
  readonly isLeaving: boolean
  /** Whether it was counted, or is not to be counted. */
  readonly isCounted: boolean
  /** The restarts of all its containers. */
  readonly restartsTotal: number
}

/** What a sync decides. */
export interface JobTurn<Pod extends JobPod> {
  readonly tally: JobTally
  /** The indexes of the pods to make; of a Job without indexes, as many entries as pods. */
  readonly made: readonly number[]
  readonly removed: readonly Pod[]
  /** The pods that end with their Job and still count as failed. */
  readonly failed: readonly Pod[]
  /** After how many milliseconds time alone changes something. */
  readonly wakeIn: number | undefined
}

/** The most pods that are made or ended in one sync. */
const changesMax = 500

/** One sync of a Job. */
export const jobTurn = <Pod extends JobPod>(
  terms: JobTerms,
  before: JobTally,
  pods: readonly Pod[],
  now: Instant,
): JobTurn<Pod> => {
  const nothing = { made: [], removed: [], failed: [], wakeIn: undefined }
  if (endOf(before) !== undefined) return { ...nothing, tally: before }
  const started =
    before.startedAt === undefined && !terms.isSuspended ? { ...before, startedAt: now } : before
  const active = pods.filter(({ isLeaving }) => !isLeaving)
  const target = failedTarget(terms, started, pods, now) ?? successTarget(terms, started)
  if (target !== undefined) return endJob(started, target, pods, now)
  const managed = managePods(terms, started, pods, now)
  const rest = active.length - managed.removed.length + managed.made.length
  if (isJobComplete(terms, started) && rest === 0)
    return endJob(
      started,
      completionTarget,
      pods.filter((pod) => !managed.removed.includes(pod)),
      now,
      managed.removed,
    )
  return { ...nothing, ...managed, tally: updateSuspension(terms, started, now) }
}

const completionTarget: JobTarget = {
  type: 'SuccessCriteriaMet',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
}

const isJobComplete = ({ completions }: JobTerms, { succeeded }: JobTally): boolean =>
  completions === undefined ? succeeded > 0 : succeeded >= completions

/** Says that the target is met; when no pod is left, also that the Job has ended. */
const endJob = <Pod extends JobPod>(
  before: JobTally,
  { type, reason, message }: JobTarget,
  pods: readonly Pod[],
  now: Instant,
  alsoRemoved: readonly Pod[] = [],
): JobTurn<Pod> => {
  const condition = { status: 'True' as const, reason, message, at: now }
  const isNew = conditionIn(before, type) === undefined
  const tally = isNew ? withJobCondition(before, { ...condition, type }) : before
  const removed = [...alsoRemoved, ...pods.filter(({ isLeaving }) => !isLeaving)]
  const failed = type === 'FailureTarget' ? pods.filter(({ isCounted }) => !isCounted) : []
  const end: JobConditionRecord = {
    ...condition,
    type: type === 'FailureTarget' ? 'Failed' : 'Complete',
  }
  const isOver = pods.length === 0 && removed.length === 0
  return {
    ...{ made: [], removed, failed, wakeIn: undefined },
    tally: isOver ? withJobCondition(tally, end) : tally,
  }
}

/** A Job that was suspended or resumed says so, and its time begins anew. */
const updateSuspension = ({ isSuspended }: JobTerms, tally: JobTally, now: Instant): JobTally => {
  const wasSuspended = conditionIn(tally, 'Suspended') !== undefined
  if (isSuspended === wasSuspended) return tally
  return isSuspended
    ? {
        ...withJobCondition(tally, {
          ...{ type: 'Suspended', status: 'True', reason: 'JobSuspended', at: now },
          message: 'Job suspended',
        }),
        startedAt: undefined,
      }
    : {
        ...withJobCondition(tally, {
          ...{ type: 'Suspended', status: 'False', reason: 'JobResumed', at: now },
          message: 'Job resumed',
        }),
        startedAt: now,
      }
}

type PodChanges<Pod extends JobPod> = Pick<JobTurn<Pod>, 'made' | 'removed' | 'wakeIn'>

const managePods = <Pod extends JobPod>(
  terms: JobTerms,
  tally: JobTally,
  pods: readonly Pod[],
  now: Instant,
): PodChanges<Pod> => {
  const { completions, isIndexed, isSuspended, activeDeadline, replacesFailedOnly } = terms
  const active = pods.filter(({ isLeaving }) => !isLeaving)
  const desired = isSuspended ? 0 : desiredCount(terms, tally, active.length)
  const removed = jobPodsToRemove(
    active,
    Math.max(0, active.length - desired),
    isIndexed ? completions : undefined,
  ).slice(0, isSuspended ? undefined : changesMax)
  const deadlineIn =
    activeDeadline === undefined || tally.startedAt === undefined
      ? undefined
      : tally.startedAt + activeDeadline - now
  if (isSuspended) return { made: [], removed, wakeIn: undefined }
  if (removed.length > 0) return { made: [], removed, wakeIn: deadlineIn }
  const leaving = replacesFailedOnly ? pods.length - active.length : 0
  const missing = Math.min(changesMax, desired - leaving - active.length)
  if (missing <= 0) return { made: [], removed, wakeIn: deadlineIn }
  const { made, wait } = podsToMake(terms, tally, replacesFailedOnly ? pods : active, missing, now)
  return { made, removed, wakeIn: soonest(deadlineIn, wait) }
}

const soonest = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)

/** How many pods are to run now. */
const desiredCount = (
  { completions, parallelism }: JobTerms,
  { succeeded }: JobTally,
  active: number,
): number => {
  if (completions === undefined) return succeeded > 0 ? active : parallelism
  return Math.max(0, Math.min(parallelism, completions - succeeded))
}

/** Which pods can be made now, and after how many milliseconds another. */
const podsToMake = (
  terms: JobTerms,
  tally: JobTally,
  present: readonly JobPod[],
  count: number,
  now: Instant,
): { readonly made: readonly number[]; readonly wait: number | undefined } => {
  const { completions = 0, isIndexed, backoffLimitPerIndex } = terms
  if (backoffLimitPerIndex === undefined) {
    const { failures = 0, last = now } = tally.streak ?? {}
    const wait = backoffLeft(failures, now - last)
    if (wait > 0) return { made: [], wait }
  }
  if (!isIndexed) return { made: Array.from({ length: count }, (_, i) => i), wait: undefined }
  const used = [tally.completedIndexes, tally.failedIndexes].reduce(
    mergeIndexes,
    indexesOf(present.map(({ index }) => index)),
  )
  const open = lowestMissing(used, count, completions)
  if (backoffLimitPerIndex === undefined) return { made: open, wait: undefined }
  const waits = open.map((index) => {
    const { failures = 0, last = now } = tally.byIndex.get(index) ?? {}
    return backoffLeft(failures, now - last)
  })
  const made = open.filter((_, i) => waits[i] === 0)
  const wait = waits.filter((one) => one > 0).reduce<number | undefined>(soonest, undefined)
  return { made, wait }
}
