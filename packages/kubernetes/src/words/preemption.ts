/**
 * Defines the types and codecs of PriorityClasses (named priorities of pods) and of
 * PodDisruptionBudgets, which limit how many of the selected pods may be evicted at once.
 */
import { dictionary, flag, optional, record, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Metadata } from './metadata.js'
import { Portion } from './workload.js'

/** A named priority, and whether it is the default of the cluster. */
export interface PriorityClass {
  readonly metadata: Metadata
  readonly value: number
  readonly globalDefault: boolean | undefined
  /** For pods of the class that set no policy themselves. */
  readonly preemptionPolicy: string | undefined
}
export const PriorityClass: Codec<PriorityClass> = record<PriorityClass>('an object', {
  metadata: Metadata,
  value: int32,
  globalDefault: optional(flag),
  preemptionPolicy: optional(text),
})

/** The priority classes that every cluster has. */
export const builtInPriorities: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
])

/** A budget with its current allowance. */
export interface PodDisruptionBudget {
  readonly metadata: Metadata
  readonly spec:
    | {
        readonly selector: LabelSelector | undefined
        /** At most one of the two is set. */
        readonly minAvailable: Portion | undefined
        readonly maxUnavailable: Portion | undefined
        /** `AlwaysAllow`, or else `IfHealthyBudget`: whether pods may go that are not ready. */
        readonly unhealthyPodEvictionPolicy: string | undefined
      }
    | undefined
  readonly status:
    | {
        readonly disruptionsAllowed: number | undefined
        /** By name, the pods whose disruption is under way and taken off the allowance already. */
        readonly disruptedPods: ReadonlyMap<string, unknown>
      }
    | undefined
}
export const PodDisruptionBudget: Codec<PodDisruptionBudget> = record<PodDisruptionBudget>(
  'an object',
  {
    metadata: Metadata,
    spec: optional(
      record('an object', {
        selector: optional(LabelSelector),
        minAvailable: optional(Portion),
        maxUnavailable: optional(Portion),
        unhealthyPodEvictionPolicy: optional(text),
      }),
    ),
    status: optional(
      record('an object', {
        disruptionsAllowed: optional(int32),
        disruptedPods: dictionary(t.unknown),
      }),
    ),
  },
)
