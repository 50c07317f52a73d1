/**
 * Defines the types and codecs of the pod data that only controllers read, such as its age, its
 * readiness and its restarts.
 */
import {
  closedRecord,
  dictionary,
  flag,
  listOrEmpty,
  oneOf,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import { Moment } from '../wire/moment.js'
import { count, int32 } from '../words/whole-number.js'

/** The phases of pods that have not ended, those first that a ReplicaSet ends first. */
export const activePhases = ['Pending', 'Unknown', 'Running'] as const

/** The phases of a pod. */
const podPhases = [...activePhases, 'Succeeded', 'Failed'] as const

/** The phase of a pod. */
export type PodPhase = (typeof podPhases)[number]

interface ContainerLife {
  readonly name: string
  readonly restartCount: number | undefined
  readonly state:
    | { readonly terminated: { readonly exitCode: number | undefined } | undefined }
    | undefined
}
const ContainerLife: Codec<ContainerLife> = record<ContainerLife>('an object', {
  name: text,
  restartCount: optional(count),
  state: optional(
    record('an object', {
      terminated: optional(record('an object', { exitCode: optional(int32) })),
    }),
  ),
})

/** A part of a Pod. */
export interface PodLife {
  readonly metadata: {
    readonly creationTimestamp: Instant | undefined
    readonly annotations: ReadonlyMap<string, string>
  }
  readonly status:
    | {
        readonly phase: PodPhase | undefined
        readonly startTime: Instant | undefined
        readonly conditions: readonly {
          readonly type: string
          readonly status: string
          readonly lastTransitionTime: Instant | undefined
        }[]
        readonly containerStatuses: readonly ContainerLife[]
        readonly initContainerStatuses: readonly ContainerLife[]
      }
    | undefined
}
export const PodLife: Codec<PodLife> = record<PodLife>('an object', {
  metadata: record('an object', {
    creationTimestamp: optional(Moment),
    annotations: dictionary(text),
  }),
  status: optional(
    record('an object', {
      phase: optional(oneOf(podPhases)),
      startTime: optional(Moment),
      conditions: listOrEmpty(
        record('an object', {
          type: text,
          status: text,
          lastTransitionTime: optional(Moment),
        }),
      ),
      containerStatuses: listOrEmpty(ContainerLife),
      initContainerStatuses: listOrEmpty(ContainerLife),
    }),
  ),
})

/** A short report on a pod that is known: only what changed. */
export interface PodReport {
  readonly ready: boolean | undefined
  readonly restarts: number | undefined
  readonly phase: PodPhase | undefined
  /** The containers that ended, for the failure policy of a Job. */
  readonly containers: readonly { readonly name: string; readonly exitCode: number }[]
  /** The conditions that hold or not, such as `DisruptionTarget`, for the same. */
  readonly conditions: readonly ReportedCondition[]
}

/** A condition of a pod, and why. */
interface ReportedCondition {
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
  readonly message: string | undefined
}
export const PodReport: Codec<PodReport> = closedRecord<PodReport>('a report on a pod', {
  ready: optional(flag),
  restarts: optional(count),
  phase: optional(oneOf(podPhases)),
  containers: listOrEmpty(record('an object', { name: text, exitCode: int32 })),
  conditions: listOrEmpty(
    record('an object', {
      ...{ type: text, status: text, reason: optional(text), message: optional(text) },
    }),
  ),
})

/** Whether a pod in this phase has ended. */
export const hasEndedPhase = (phase: PodPhase | undefined): phase is 'Failed' | 'Succeeded' =>
  phase === 'Failed' || phase === 'Succeeded'

/** The highest number of restarts of one of the containers. */
export const restartsMax = (of: readonly Pick<ContainerLife, 'restartCount'>[]): number =>
  of.reduce((most, { restartCount = 0 }) => Math.max(most, restartCount), 0)

/**
 * The deletion cost that an annotation states. A text that is no 32-bit integer counts as 0, and so
 * does one with a plus sign or a leading zero.
 */
export const deletionCostOf = (annotation: string | undefined): number => {
  if (annotation === undefined || !/^(0|-\d+|[1-9]\d*)$/.test(annotation)) return 0
  const cost = Number(annotation)
  return cost === (cost | 0) ? cost : 0
}
