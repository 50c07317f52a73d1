/**
 * Type and codec of a PodDisruptionBudget, which limits how many of the pods that it selects may be
 * evicted at once.
 */
import { dictionary, optional, record, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from './whole-number.js'
import { LabelSelector } from './label-selector.js'
import { Metadata } from './metadata.js'

/** A budget with its current allowance. */
export interface PodDisruptionBudget {
  readonly metadata: Metadata
  readonly spec: { readonly selector: LabelSelector | undefined } | undefined
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
    spec: optional(record('an object', { selector: optional(LabelSelector) })),
    status: optional(
      record('an object', {
        disruptionsAllowed: optional(int32),
        disruptedPods: dictionary(t.unknown),
      }),
    ),
  },
)
