/** The kinds that make pods from a template. */
import * as t from 'io-ts'
import { count, flag, optional, type Decoder } from './decode.js'
import { Metadata } from './metadata.js'
import { PodTemplate } from './pod.js'

export interface Replicated {
  readonly metadata: Metadata
  readonly spec: { readonly replicas: number | undefined; readonly template: PodTemplate }
}
/** A Deployment, a ReplicaSet or a StatefulSet. */
export const Replicated: Decoder<Replicated> = t.type({
  metadata: Metadata,
  spec: t.type({ replicas: optional(count), template: PodTemplate }, 'an object'),
})

export interface DaemonSet {
  readonly metadata: Metadata
  readonly spec: { readonly template: PodTemplate }
}
export const DaemonSet: Decoder<DaemonSet> = t.type({
  metadata: Metadata,
  spec: t.type({ template: PodTemplate }, 'an object'),
})

export interface Job {
  readonly metadata: Metadata
  readonly spec: {
    readonly parallelism: number | undefined
    readonly completions: number | undefined
    readonly suspend: boolean | undefined
    readonly template: PodTemplate
  }
}
export const Job: Decoder<Job> = t.type({
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
})

/** How many pods of a job run at once: its parallelism, no more than are to complete, none while it is suspended. */
export const podsOfJob = ({ spec }: Job): number =>
  spec.suspend === true
    ? 0
    : Math.min(spec.parallelism ?? 1, spec.completions ?? spec.parallelism ?? 1)
