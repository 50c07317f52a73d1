/** PodDisruptionBudgets, which limit how many selected pods may be evicted at once. */
import * as t from 'io-ts'
import { dictionary, int32, optional, type Decoder } from './decode.js'
import { LabelSelector } from './label-selector.js'
import { Metadata } from './metadata.js'

/** A budget with its current allowance. */
export interface PodDisruptionBudget {
  readonly metadata: Metadata
  readonly spec: { readonly selector: LabelSelector | undefined } | undefined
  readonly status:
    | {
        readonly disruptionsAllowed: number | undefined
        /**
         * Pods by name whose eviction has begun; they are already subtracted from the allowance.
         */
        readonly disruptedPods: ReadonlyMap<string, unknown>
      }
    | undefined
}
export const PodDisruptionBudget: Decoder<PodDisruptionBudget> = t.type({
  metadata: Metadata,
  spec: optional(t.type({ selector: optional(LabelSelector) }, 'an object')),
  status: optional(
    t.type(
      { disruptionsAllowed: optional(int32), disruptedPods: dictionary(t.unknown) },
      'an object',
    ),
  ),
})
