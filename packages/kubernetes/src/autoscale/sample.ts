/**
 * Defines the types of the input of a HorizontalPodAutoscaler: the pods of its workload, and the
 * samples of its metrics. All amounts, even of memory, are integers in thousandths of their unit.
 */
import type { Instant } from '@stowage/kernel'

/** Requests in thousandths by the name of the resource. */
export type MilliRequests = ReadonlyMap<string, bigint>

/** A container of a pod; a sidecar is an init container that keeps running. */
export interface ScaledContainer {
  readonly name: string
  readonly role: 'container' | 'init' | 'sidecar'
  readonly requests: MilliRequests
}

/** What a pod requests. */
export interface ScaledDemand {
  readonly containers: readonly ScaledContainer[]
  /** Of the pod as a whole; empty without any. */
  readonly podRequests: MilliRequests
  readonly overhead: MilliRequests
}

/** A pod of the workload. */
export interface ScaledPod {
  readonly name: string
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  /** Whether it was deleted and is ending. */
  readonly isLeaving: boolean
  /** When the kubelet took it on. */
  readonly startedAt: Instant | undefined
  /** The condition Ready; `undefined` without it. */
  readonly ready: { readonly status: string; readonly since: Instant } | undefined
  readonly demand: ScaledDemand
}

/** What was measured of a pod: a mean over the window before an instant. */
export interface PodSample {
  readonly milli: bigint
  readonly at: Instant
  /** In milliseconds. */
  readonly window: number
}

/** Samples by the name of the pod. */
export type PodSamples = ReadonlyMap<string, PodSample>

/** What was measured of a metric. */
export type Measurement =
  | { readonly _tag: 'OfPods'; readonly samples: PodSamples }
  /** An Object metric has one value; an External metric one for each of its series. */
  | { readonly _tag: 'OfSeries'; readonly millis: readonly bigint[] }
