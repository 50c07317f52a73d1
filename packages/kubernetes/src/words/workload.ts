/** The kinds that make pods from a template. */
import { flag, listOrEmpty, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { count } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Metadata } from './metadata.js'
import { PodTemplate } from './pod.js'

export interface Replicated {
  readonly metadata: Metadata
  readonly spec: {
    readonly replicas: number | undefined
    readonly selector: LabelSelector | undefined
    readonly template: PodTemplate
  }
}
/** A Deployment, a ReplicaSet or a StatefulSet. */
export const Replicated: Codec<Replicated> = t.type({
  metadata: Metadata,
  spec: t.type(
    { replicas: optional(count), selector: optional(LabelSelector), template: PodTemplate },
    'an object',
  ),
})

export interface DaemonSet {
  readonly metadata: Metadata
  readonly spec: { readonly template: PodTemplate }
}
export const DaemonSet: Codec<DaemonSet> = t.type({
  metadata: Metadata,
  spec: t.type({ template: PodTemplate }, 'an object'),
})

export interface JobCondition {
  readonly type: string
  readonly status: string
}

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
export const Job: Codec<Job> = t.type({
  metadata: Metadata,
  spec: t.type(
    {
      parallelism: optional(count),
      completions: optional(count),
      suspend: optional(flag),
      template: PodTemplate,
    },
    'an object',
  ),
  status: optional(
    t.type(
      {
        succeeded: optional(count),
        conditions: listOrEmpty(t.type({ type: text, status: text }, 'an object')),
      },
      'an object',
    ),
  ),
})

/**
 * How many pods of a job run at once: its parallelism, no more than have still to complete, none
 * while it is suspended or once it has ended. A job that does not say how many are to complete
 * makes no more once one has succeeded.
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
