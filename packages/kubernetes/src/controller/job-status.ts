/**
 * Computes the statuses of Jobs and CronJobs from the memory (the state) of the workload
 * controllers.
 */
import type { Instant } from '@stowage/kernel'
import { includesIndex, indexText } from '../job/index-set.js'
import { endOf, type JobConditionRecord, type JobTerms } from '../job/job-terms.js'
import type { CronJobRecord, KubernetesMemory, SlottedRecord } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'

/** A Job. */
export interface JobStatus {
  /** Namespace and name. */
  readonly name: string
  /** The CronJob that controls it. */
  readonly cronJob?: string
  /** How many pods must succeed; absent for a Job that ends with its first success. */
  readonly completions?: number
  readonly parallelism: number
  readonly suspended: boolean
  /** The pods that run or wait for a node. */
  readonly active: number
  readonly ready: number
  /** The pods that are being ended and have not ended. */
  readonly terminating: number
  readonly succeeded: number
  readonly failed: number
  /** Indexes such as `0,2-4`, of an Indexed Job. */
  readonly completedIndexes?: string
  /** The same, with a limit for each index. */
  readonly failedIndexes?: string
  /** How many of the active pods wait for a node. */
  readonly waiting: number
  readonly startedAt?: Instant
  readonly conditions: readonly JobConditionRecord[]
  readonly complete: boolean
}

/** A CronJob. */
export interface CronJobStatus {
  /** Namespace and name. */
  readonly name: string
  /** The `namespace/name` of the Jobs that have not ended. */
  readonly active: readonly string[]
  /** How many of its Jobs have succeeded and failed since it is known. */
  readonly succeeded: number
  readonly failed: number
  readonly lastScheduled?: Instant
  /** How many runs it had missed when it was looked at last. */
  readonly missed: 'none' | 'few' | 'many'
  readonly suspended: boolean
}

/** The status of a Job; `withoutNode` of its pods wait for a node. */
export const jobStatus = (
  memory: KubernetesMemory,
  record: SlottedRecord,
  withoutNode: number,
): JobStatus => {
  const { terms, tally, cronJob } = record.job!
  const pods = [...record.members.keys()].flatMap((replica) => memory.pods.get(replica) ?? [])
  const alive = pods.filter(({ phase }) => !hasEndedPhase(phase))
  const active = alive.filter(({ isLeaving }) => !isLeaving)
  const used = new Set([...active.map(({ slot }) => slot!.key), ...record.waiting.keys()])
  return {
    ...{ name: record.name, ...(cronJob === undefined ? {} : { cronJob }) },
    ...(terms.completions === undefined ? {} : { completions: terms.completions }),
    ...{ parallelism: terms.parallelism, suspended: terms.isSuspended },
    active: active.length + record.waiting.size,
    ready: active.filter(({ readyAt }) => readyAt !== undefined).length,
    terminating: alive.length - active.length,
    succeeded: tally.succeeded,
    failed: tally.failed - heldFailures(terms, record, used),
    ...(terms.isIndexed ? { completedIndexes: indexText(tally.completedIndexes) } : {}),
    ...(terms.backoffLimitPerIndex === undefined
      ? {}
      : { failedIndexes: indexText(tally.failedIndexes) }),
    waiting: withoutNode,
    ...(tally.startedAt === undefined ? {} : { startedAt: tally.startedAt }),
    conditions: tally.conditions,
    complete: endOf(tally)?.type === 'Complete',
  }
}

/**
 * With a limit for each index, the status counts the last failure of an index only when its next
 * pod is there, or when the index or the Job has ended.
 */
const heldFailures = (
  { backoffLimitPerIndex, completions = 0 }: JobTerms,
  { job }: SlottedRecord,
  used: ReadonlySet<number>,
): number => {
  const { tally } = job!
  if (backoffLimitPerIndex === undefined || endOf(tally) !== undefined) return 0
  return [...tally.byIndex].filter(
    ([index, { wasCounted }]) =>
      wasCounted &&
      index < completions &&
      !used.has(index) &&
      !includesIndex(tally.completedIndexes, index) &&
      !includesIndex(tally.failedIndexes, index),
  ).length
}

/** The status of a CronJob. */
export const cronJobStatus = (memory: KubernetesMemory, record: CronJobRecord): CronJobStatus => {
  const { name, jobs, lastScheduled, missed, terms, succeeded = 0, failed = 0 } = record
  const own = jobs.flatMap((title) => memory.slotted.get(title) ?? [])
  return {
    name,
    active: own.filter(({ job }) => endOf(job!.tally) === undefined).map((job) => job.name),
    ...{ succeeded, failed },
    ...(lastScheduled === undefined ? {} : { lastScheduled }),
    ...{ missed, suspended: terms.isSuspended },
  }
}
