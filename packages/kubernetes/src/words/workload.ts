/**
 * Types and codecs of the kinds that create pods from a template, such as Deployments and Jobs, and
 * the number of pods that a Job runs at once.
 */
import { flag, listOrEmpty, optional, record, text, type Codec } from '@stowage/documents'
import { count } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Metadata } from './metadata.js'
import { PodTemplate } from './pod.js'

/** A Deployment, a ReplicaSet or a StatefulSet. */
export interface Replicated {
  readonly metadata: Metadata
  readonly spec: {
    readonly replicas: number | undefined
    readonly selector: LabelSelector | undefined
    readonly template: PodTemplate
  }
}
/** The codec of all three kinds. */
export const Replicated: Codec<Replicated> = record<Replicated>('an object', {
  metadata: Metadata,
  spec: record('an object', {
    replicas: optional(count),
    selector: optional(LabelSelector),
    template: PodTemplate,
  }),
})

/** A workload with one pod on every node that it matches. */
export interface DaemonSet {
  readonly metadata: Metadata
  readonly spec: { readonly template: PodTemplate }
}
export const DaemonSet: Codec<DaemonSet> = record<DaemonSet>('an object', {
  metadata: Metadata,
  spec: record('an object', { template: PodTemplate }),
})

/** A condition such as Complete or Failed. */
export interface JobCondition {
  readonly type: string
  readonly status: string
}

/** A workload whose pods run to completion. */
export interface Job {
  readonly metadata: Metadata
  readonly spec: {
    readonly parallelism: number | undefined
    readonly completions: number | undefined
    readonly suspend: boolean | undefined
    readonly template: PodTemplate
  }
  readonly status:
    | { readonly succeeded: number | undefined; readonly conditions: readonly JobCondition[] }
    | undefined
}
export const Job: Codec<Job> = record<Job>('an object', {
  metadata: Metadata,
  spec: record('an object', {
    parallelism: optional(count),
    completions: optional(count),
    suspend: optional(flag),
    template: PodTemplate,
  }),
  status: optional(
    record('an object', {
      succeeded: optional(count),
      conditions: listOrEmpty(record('an object', { type: text, status: text })),
    }),
  ),
})

/**
 * The number of pods that a job runs at once: its parallelism, but at most as many as must still
 * complete, and 0 while it is suspended or after it has ended. A job without `completions` creates
 * no more pods after the first success.
 *
 * Source: Kubernetes documentation, "Jobs" (parallel execution for Jobs, suspending a Job, Job
 * termination and cleanup).
 */
export const podsOfJob = (job: Job): number => {
  const { parallelism, completions, suspend } = job.spec
  const succeeded = job.status?.succeeded ?? 0
  if (suspend === true || hasEnded(job)) return 0
  if (completions === undefined) return succeeded > 0 ? 0 : (parallelism ?? 1)
  return Math.min(parallelism ?? 1, Math.max(0, completions - succeeded))
}

const hasEnded = ({ status }: Job): boolean =>
  (status?.conditions ?? []).some(
    (condition) =>
      condition.status === 'True' && (condition.type === 'Complete' || condition.type === 'Failed'),
  )
