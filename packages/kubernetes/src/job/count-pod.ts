/**
 * Adds an ended pod to the counts of its Job: a success, or a failure as the failure policy
 * classifies it. Each pod is counted once.
 *
 * Source: Kubernetes documentation, "Jobs" (pod failure policy, backoff limit per index).
 */
import type { Instant } from '@stowage/kernel'
import { countsAsFailure, failureMatchOf, type FailedPod } from './failure-policy.js'
import { indexesOf, mergeIndexes, includesIndex, indexCount } from './index-set.js'
import type { IndexFailures, JobTally, JobTerms } from './job-terms.js'

/** A pod that has ended. */
export interface FinishedPod extends FailedPod {
  /** `namespace/name`. */
  readonly name: string
  /** Its completion index; any number for a Job without indexes. */
  readonly index: number
}

/** The tally with a pod that succeeded. */
export const countSuccess = (
  { isIndexed, completions = 0 }: JobTerms,
  tally: JobTally,
  { index }: Pick<FinishedPod, 'index'>,
  now: Instant,
): JobTally => {
  if (isIndexed && index >= completions) return tally
  const completedIndexes = isIndexed
    ? mergeIndexes(tally.completedIndexes, indexesOf([index]))
    : tally.completedIndexes
  return {
    ...{ ...tally, completedIndexes, streak: undefined, lastSuccess: now },
    succeeded: isIndexed ? indexCount(completedIndexes) : tally.succeeded + 1,
  }
}

/** The tally with a pod that failed. */
export const countFailure = (
  terms: JobTerms,
  tally: JobTally,
  pod: FinishedPod,
  now: Instant,
): JobTally => {
  const { isIndexed, completions = 0, failureRules = [] } = terms
  if (isIndexed && pod.index >= completions) return tally
  const match = failureMatchOf(failureRules, pod)
  const action = match?.rule.action
  const isCounted = countsAsFailure(action)
  const isAfterSuccess = tally.lastSuccess === undefined || now > tally.lastSuccess
  const failJob =
    match !== undefined && action === 'FailJob'
      ? `${match.text(pod.name)} matching FailJob rule at index ${match.at}`
      : undefined
  const next: JobTally = {
    ...{ ...tally, failed: tally.failed + Number(isCounted) },
    streak: isAfterSuccess
      ? { failures: (tally.streak?.failures ?? 0) + 1, last: now }
      : tally.streak,
    failJob: tally.failJob ?? failJob,
  }
  return terms.backoffLimitPerIndex === undefined
    ? next
    : countInIndex(next, pod.index, {
        ...{ isCounted, now, limit: terms.backoffLimitPerIndex },
        isFinal: action === 'FailIndex',
      })
}

const countInIndex = (
  tally: JobTally,
  index: number,
  failure: {
    readonly isCounted: boolean
    readonly isFinal: boolean
    readonly limit: number
    readonly now: Instant
  },
): JobTally => {
  const { failures = 0, counted = 0 } = tally.byIndex.get(index) ?? {}
  const { isCounted, isFinal, limit, now } = failure
  const hasFailed = isFinal || (isCounted && counted >= limit)
  const known: IndexFailures = {
    ...{ failures: failures + 1, counted: counted + Number(isCounted), last: now },
    wasCounted: isCounted,
  }
  return {
    ...tally,
    byIndex: new Map([...tally.byIndex, [index, known]]),
    failedIndexes:
      hasFailed && !includesIndex(tally.completedIndexes, index)
        ? mergeIndexes(tally.failedIndexes, indexesOf([index]))
        : tally.failedIndexes,
  }
}
