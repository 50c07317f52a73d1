/**
 * Defines the types of the input of the Job rules:
 * 1. the terms of a Job, from its spec;
 * 2. the tally of a Job (counts, indexes, conditions), from its status.
 *
 * Times are instants or milliseconds.
 */
import type { Instant } from '@stowage/kernel'
import type { FailureRule } from './failure-policy.js'
import type { IndexSet } from './index-set.js'

/** A rule by which an Indexed Job succeeds before all its indexes have. */
export interface SuccessRule {
  readonly succeededIndexes?: string | undefined
  readonly succeededCount?: number | undefined
}

/** What the spec of a Job says. */
export interface JobTerms {
  readonly parallelism: number
  /** `undefined` for a Job that is complete with its first success. */
  readonly completions: number | undefined
  readonly isIndexed: boolean
  readonly isSuspended: boolean
  readonly backoffLimit: number
  readonly backoffLimitPerIndex: number | undefined
  readonly maxFailedIndexes: number | undefined
  readonly activeDeadline: number | undefined
  /** How long the Job stays after it has ended; `undefined` for ever. */
  readonly ttl: number | undefined
  /** Whether a pod is replaced only when it has failed, and not while it ends. */
  readonly replacesFailedOnly: boolean
  /** Whether the kubelet restarts the containers of a pod that fail. */
  readonly restartsContainers: boolean
  readonly failureRules: readonly FailureRule[] | undefined
  readonly successRules: readonly SuccessRule[]
}

/** Failures in a row. */
export interface FailureStreak {
  readonly failures: number
  readonly last: Instant
}

/** The failures of an index. */
export interface IndexFailures extends FailureStreak {
  /** Those that the failure policy counts; `failures` has all. */
  readonly counted: number
  /** Whether the last of them is counted. */
  readonly wasCounted: boolean
}

/** A condition of a Job. */
export interface JobConditionRecord {
  readonly type: 'Suspended' | 'SuccessCriteriaMet' | 'FailureTarget' | 'Complete' | 'Failed'
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
  readonly at: Instant
}

/** What is counted of a Job. */
export interface JobTally {
  readonly startedAt: Instant | undefined
  /** The pods that succeeded; of an Indexed Job, its completed indexes. */
  readonly succeeded: number
  readonly failed: number
  readonly completedIndexes: IndexSet
  readonly failedIndexes: IndexSet
  /** The failures since the last success, and when that was. */
  readonly streak: FailureStreak | undefined
  readonly lastSuccess: Instant | undefined
  /** By index, for a Job with a limit per index. */
  readonly byIndex: ReadonlyMap<number, IndexFailures>
  /** The message of the rule of the failure policy that fails the Job. */
  readonly failJob: string | undefined
  readonly conditions: readonly JobConditionRecord[]
}

/** The tally of a Job that was not looked at yet. */
export const emptyTally: JobTally = {
  startedAt: undefined,
  succeeded: 0,
  failed: 0,
  completedIndexes: [],
  failedIndexes: [],
  streak: undefined,
  lastSuccess: undefined,
  byIndex: new Map(),
  failJob: undefined,
  conditions: [],
}

/** The condition of a type that holds. */
export const conditionIn = (
  { conditions }: Pick<JobTally, 'conditions'>,
  type: JobConditionRecord['type'],
): JobConditionRecord | undefined =>
  conditions.find((condition) => condition.type === type && condition.status === 'True')

/** The condition with which a Job has ended. */
export const endOf = (tally: Pick<JobTally, 'conditions'>): JobConditionRecord | undefined =>
  conditionIn(tally, 'Complete') ?? conditionIn(tally, 'Failed')

/** The tally with a condition in the place of the one of its type. */
export const withJobCondition = (tally: JobTally, condition: JobConditionRecord): JobTally => ({
  ...tally,
  conditions: [...tally.conditions.filter(({ type }) => type !== condition.type), condition],
})
