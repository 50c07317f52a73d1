/**
 * Builds the record of a Job in the controllers' memory (their state). The record has the settings
 * in the spec of the Job, with the defaults of the API server, and initial counts of pods.
 */
import { int32Max, valueAt } from '@stowage/documents'
import { emptyTally, type JobTally, type JobTerms } from '../job/job-terms.js'
import type { JobSpec } from '../words/job.js'
import type { LabelSelector } from '../words/label-selector.js'
import type { JobPart, SlottedRecord, TemplateRecord } from './memory.js'

/** The title of a Job. */
export const titleOfJob = (name: string): string => `Job ${name}`

/** What tells a Job from others. */
export interface NewJob extends Pick<JobPart, 'terms' | 'cronJob'> {
  /** Namespace and name. */
  readonly name: string
  readonly namespace: string
  readonly template: TemplateRecord
  readonly tally?: JobTally
  /** Its own selector, by which it adopts pods. */
  readonly selector?: LabelSelector | undefined
}

/** A Job without pods. */
export const newJobRecord = ({
  name,
  namespace,
  template,
  terms,
  cronJob,
  tally = emptyTally,
  selector,
}: NewJob): SlottedRecord & { readonly job: JobPart } => ({
  ...{ title: titleOfJob(name), name, namespace, isDeleted: false },
  ...{ template, current: template, first: template },
  ...(selector === undefined ? {} : { podSelector: selector }),
  ...{ minReady: 0, strategy: { type: undefined, rollingUpdate: undefined } },
  ...{ members: new Map(), waiting: new Map(), job: { terms, tally, cronJob, serial: 0 } },
})

/** Seconds of a spec, which may leave them out. */
export const optionalMilliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000

/** The terms of a Job, with the defaults of the API server; `template` is that of the document. */
export const jobTermsOf = (spec: JobSpec, template: unknown): JobTerms => {
  const { completions, parallelism, podFailurePolicy, backoffLimitPerIndex } = spec
  return {
    parallelism: parallelism ?? 1,
    completions: completions ?? (parallelism === undefined ? 1 : undefined),
    isIndexed: spec.completionMode === 'Indexed',
    isSuspended: spec.suspend === true,
    backoffLimit: spec.backoffLimit ?? (backoffLimitPerIndex === undefined ? 6 : int32Max),
    backoffLimitPerIndex,
    maxFailedIndexes: spec.maxFailedIndexes,
    activeDeadline: optionalMilliseconds(spec.activeDeadlineSeconds),
    ttl: optionalMilliseconds(spec.ttlSecondsAfterFinished),
    replacesFailedOnly:
      (spec.podReplacementPolicy ??
        (podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed')) === 'Failed',
    restartsContainers: valueAt(template, ['spec', 'restartPolicy']) === 'OnFailure',
    failureRules: podFailurePolicy?.rules,
    successRules: spec.successPolicy?.rules ?? [],
  }
}
