/**
 * Type and codec of a PodDisruptionBudget, which limits how many of the pods that it selects may be
 * evicted at once.
 */
import { dictionary, optional, type Codec } from '@stowage/documents'
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
export const PodDisruptionBudget: Codec<PodDisruptionBudget> = t.type({
  metadata: Metadata,
  spec: optional(t.type({ selector: optional(LabelSelector) }, 'an object')),
  status: optional(
    t.type(
      { disruptionsAllowed: optional(int32), disruptedPods: dictionary(t.unknown) },
      'an object',
    ),
  ),
})
