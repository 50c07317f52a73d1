/**
 * Determines whether a Job has failed, and why, or has met its success policy. The first failure
 * rule that applies decides, in the order of Kubernetes: failure policy, back-off limit, deadline,
 * limits of indexes. A failure or success that the Job's conditions already state stays.
 *
 * Source: Kubernetes documentation, "Jobs" (job termination and cleanup, success policy).
 */
import type { Instant } from '@stowage/kernel'
import { indexCount, parseIndexes, sharedIndexCount } from './index-set.js'
import { conditionIn, type JobConditionRecord, type JobTally, type JobTerms } from './job-terms.js'

/** A target and why it is reached. */
export interface JobTarget extends Pick<JobConditionRecord, 'reason' | 'message'> {
  readonly type: 'SuccessCriteriaMet' | 'FailureTarget'
}

/** What is read of pods that have not ended: a pod that is being ended still restarts. */
interface RestartedPod {
  readonly restartsTotal: number
}

/** The target that was said before, or a failure. */
export const failedTarget = (
  terms: JobTerms,
  tally: JobTally,
  pods: readonly RestartedPod[],
  now: Instant,
): JobTarget | undefined => {
  const known = conditionIn(tally, 'SuccessCriteriaMet') ?? conditionIn(tally, 'FailureTarget')
  if (known !== undefined) return { ...known, type: known.type as JobTarget['type'] }
  if (tally.failJob !== undefined) return failure('PodFailurePolicy', tally.failJob)
  if (tally.failed > terms.backoffLimit || hasRestartedTooOften(terms, pods))
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  if (isPastDeadline(terms, tally, now))
    return failure('DeadlineExceeded', 'Job was active longer than specified deadline')
  return failedByIndexes(terms, tally)
}

const failure = (reason: string, message: string): JobTarget => ({
  ...{ type: 'FailureTarget', reason, message },
})

const hasRestartedTooOften = (
  { restartsContainers, backoffLimit }: JobTerms,
  pods: readonly RestartedPod[],
): boolean => {
  if (!restartsContainers) return false
  const restarts = pods.reduce((sum, { restartsTotal }) => sum + restartsTotal, 0)
  return restarts > 0 && restarts >= backoffLimit
}

const isPastDeadline = (
  { activeDeadline, isSuspended }: JobTerms,
  { startedAt }: JobTally,
  now: Instant,
): boolean =>
  activeDeadline !== undefined &&
  startedAt !== undefined &&
  !isSuspended &&
  now - startedAt >= activeDeadline

const failedByIndexes = (
  { backoffLimitPerIndex, maxFailedIndexes, completions = 0 }: JobTerms,
  { failedIndexes, completedIndexes }: JobTally,
): JobTarget | undefined => {
  const failed = indexCount(failedIndexes)
  if (backoffLimitPerIndex === undefined || failed === 0) return undefined
  if (maxFailedIndexes !== undefined && failed > maxFailedIndexes)
    return failure(
      'MaxFailedIndexesExceeded',
      'Job has exceeded the specified maximal number of failed indexes',
    )
  return failed + indexCount(completedIndexes) >= completions
    ? failure('FailedIndexes', 'Job has failed indexes')
    : undefined
}

/** The first rule of the success policy that is met. */
export const successTarget = (
  { isIndexed, completions = 0, successRules }: JobTerms,
  { completedIndexes }: JobTally,
): JobTarget | undefined => {
  if (!isIndexed) return undefined
  const met = successRules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined)
      return succeededCount !== undefined && indexCount(completedIndexes) >= succeededCount
    const named = parseIndexes(succeededIndexes, completions)
    const shared = sharedIndexCount(named, completedIndexes)
    return (
      named.length > 0 &&
      (shared === indexCount(named) || (succeededCount !== undefined && shared >= succeededCount))
    )
  })
  return met < 0
    ? undefined
    : {
        ...{ type: 'SuccessCriteriaMet', reason: 'SuccessPolicy' },
        message: `Matched rules at index ${met}`,
      }
}
