/**
 * Defines the types and codecs of Jobs and CronJobs. Also computes how many pods a Job runs at
 * once, and their completion indexes.
 */
import { LabelSelector } from './label-selector.js'
import {
  flag,
  listOrEmpty,
  oneOf,
  optional,
  record,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import { Metadata } from './metadata.js'
import { PodTemplate } from './pod.js'
import { count, int32 } from './whole-number.js'

/** A condition such as Complete or Failed. */
export interface JobCondition {
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
  readonly message: string | undefined
  readonly lastTransitionTime: string | undefined
}

/** A rule of a failure policy; it has either `onExitCodes` or `onPodConditions`. */
interface PodFailureRule {
  readonly action: 'FailJob' | 'FailIndex' | 'Count' | 'Ignore'
  readonly onExitCodes:
    | {
        readonly containerName: string | undefined
        readonly operator: string
        readonly values: readonly number[]
      }
    | undefined
  readonly onPodConditions: readonly { readonly type: string; readonly status: string }[]
}
const PodFailureRule: Codec<PodFailureRule> = record('an object', {
  action: oneOf(['FailJob', 'FailIndex', 'Count', 'Ignore']),
  onExitCodes: optional(
    record('an object', {
      containerName: optional(text),
      operator: text,
      values: listOrEmpty(int32),
    }),
  ),
  onPodConditions: listOrEmpty(
    record('an object', { type: text, status: withDefault(text, 'True') }),
  ),
})

/** What a Job runs. */
export interface JobSpec {
  readonly parallelism: number | undefined
  readonly completions: number | undefined
  readonly completionMode: string | undefined
  readonly suspend: boolean | undefined
  readonly activeDeadlineSeconds: number | undefined
  readonly backoffLimit: number | undefined
  readonly backoffLimitPerIndex: number | undefined
  readonly maxFailedIndexes: number | undefined
  readonly ttlSecondsAfterFinished: number | undefined
  readonly podReplacementPolicy: string | undefined
  readonly podFailurePolicy: { readonly rules: readonly PodFailureRule[] } | undefined
  readonly successPolicy:
    | {
        readonly rules: readonly {
          readonly succeededIndexes: string | undefined
          readonly succeededCount: number | undefined
        }[]
      }
    | undefined
  /** Whether the labels that tell its pods apart are the user's, and not added to the template. */
  readonly manualSelector: boolean | undefined
  readonly selector: LabelSelector | undefined
  readonly template: PodTemplate
}
const JobSpec: Codec<JobSpec> = record('an object', {
  parallelism: optional(count),
  completions: optional(count),
  completionMode: optional(text),
  suspend: optional(flag),
  activeDeadlineSeconds: optional(count),
  backoffLimit: optional(count),
  backoffLimitPerIndex: optional(count),
  maxFailedIndexes: optional(count),
  ttlSecondsAfterFinished: optional(count),
  podReplacementPolicy: optional(text),
  podFailurePolicy: optional(record('an object', { rules: listOrEmpty(PodFailureRule) })),
  successPolicy: optional(
    record('an object', {
      rules: listOrEmpty(
        record('an object', {
          succeededIndexes: optional(text),
          succeededCount: optional(count),
        }),
      ),
    }),
  ),
  manualSelector: optional(flag),
  selector: optional(LabelSelector),
  template: PodTemplate,
})

/** A workload whose pods run to completion. */
export interface Job {
  readonly metadata: Metadata
  readonly spec: JobSpec
  readonly status:
    | {
        readonly startTime: string | undefined
        readonly succeeded: number | undefined
        readonly failed: number | undefined
        /** Indexes such as `1,3-5`. */
        readonly completedIndexes: string | undefined
        readonly failedIndexes: string | undefined
        readonly conditions: readonly JobCondition[]
      }
    | undefined
}
export const Job: Codec<Job> = record('an object', {
  metadata: Metadata,
  spec: JobSpec,
  status: optional(
    record('an object', {
      startTime: optional(text),
      succeeded: optional(count),
      failed: optional(count),
      completedIndexes: optional(text),
      failedIndexes: optional(text),
      conditions: listOrEmpty(
        record('an object', {
          ...{ type: text, status: text },
          ...{ reason: optional(text), message: optional(text) },
          lastTransitionTime: optional(text),
        }),
      ),
    }),
  ),
})

/** A workload that starts a Job at each time of its schedule. */
export interface CronJob {
  readonly metadata: Metadata
  readonly spec: {
    readonly schedule: string | undefined
    readonly timeZone: string | undefined
    readonly startingDeadlineSeconds: number | undefined
    readonly suspend: boolean | undefined
    readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace' | undefined
    readonly successfulJobsHistoryLimit: number | undefined
    readonly failedJobsHistoryLimit: number | undefined
    readonly jobTemplate: { readonly spec: JobSpec }
  }
  readonly status: { readonly lastScheduleTime: string | undefined } | undefined
}
export const CronJob: Codec<CronJob> = record('an object', {
  metadata: Metadata,
  spec: record('an object', {
    schedule: optional(text),
    timeZone: optional(text),
    startingDeadlineSeconds: optional(count),
    suspend: optional(flag),
    concurrencyPolicy: optional(oneOf(['Allow', 'Forbid', 'Replace'])),
    successfulJobsHistoryLimit: optional(count),
    failedJobsHistoryLimit: optional(count),
    jobTemplate: record('an object', { spec: JobSpec }),
  }),
  status: optional(record('an object', { lastScheduleTime: optional(text) })),
})

/**
 * The number of pods that a job runs at once: its parallelism, but at most as many as must still
 * complete, and 0 while it is suspended or after it has ended. A job without `completions` creates
 * no more pods after the first success.
 *
 * Source: Kubernetes documentation, "Jobs" (parallel execution for Jobs, suspending a Job, Job
 * termination and cleanup).
 */
export const podsOfJob = (job: Pick<Job, 'spec' | 'status'>): number => {
  const { parallelism, completions, suspend } = job.spec
  const succeeded = job.status?.succeeded ?? 0
  if (suspend === true || hasEnded(job) || isEnding(job)) return 0
  if (completions === undefined) return succeeded > 0 ? 0 : (parallelism ?? 1)
  return Math.min(parallelism ?? 1, Math.max(0, completions - succeeded))
}

/** Whether the job is complete or has failed. */
export const hasEnded = (job: Pick<Job, 'status'>): boolean =>
  hasCondition(job, ['Complete', 'Failed'])

/** Whether the job ends as soon as its pods have: it is decided how, and no more are made. */
const isEnding = (job: Pick<Job, 'status'>): boolean =>
  hasCondition(job, ['FailureTarget', 'SuccessCriteriaMet'])

const hasCondition = ({ status }: Pick<Job, 'status'>, types: readonly string[]): boolean =>
  (status?.conditions ?? []).some(
    (condition) => condition.status === 'True' && types.includes(condition.type),
  )

/**
 * Whether an index of an Indexed Job is still to be run: it has neither succeeded nor failed for
 * good.
 */
export const isOpenIndex = ({ status }: Pick<Job, 'status'>, index: number): boolean =>
  ![status?.completedIndexes, status?.failedIndexes].some((indexes) => hasIndex(indexes, index))

/** Whether the index is in a list such as `1,3-5`. */
const hasIndex = (indexes: string | undefined, index: number): boolean =>
  (indexes ?? '').split(',').some((interval) => {
    const [first = NaN, last = first] = interval.split('-').map(Number)
    return interval !== '' && first <= index && index <= last
  })
