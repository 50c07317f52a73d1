/**
 * Defines the type and codec of topology spread constraints, which state how evenly similar pods
 * must be spread over topology domains.
 */
import { listOrEmpty, optional, record, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { LabelSelector } from './label-selector.js'

/** After admission, `whenUnsatisfiable` and both policies are values that Kubernetes documents. */
export interface TopologySpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly whenUnsatisfiable: string
  readonly labelSelector: LabelSelector | undefined
  readonly minDomains: number | undefined
  readonly nodeAffinityPolicy: string | undefined
  readonly nodeTaintsPolicy: string | undefined
  readonly matchLabelKeys: readonly string[]
}
const positive = whole('a whole number, 1 or more', 1)

const constraint: Codec<TopologySpreadConstraint> = record<TopologySpreadConstraint>('an object', {
  maxSkew: positive,
  topologyKey: text,
  whenUnsatisfiable: text,
  labelSelector: optional(LabelSelector),
  minDomains: optional(positive),
  nodeAffinityPolicy: optional(text),
  nodeTaintsPolicy: optional(text),
  matchLabelKeys: listOrEmpty(text),
})

/** So many constraints a pod has: each looks at the topology keys of all others. */
const constraintsMax = 1_000
const constraints = listOrEmpty(constraint)

/** The constraints of a pod. */
export const TopologySpreadConstraints: Codec<readonly TopologySpreadConstraint[]> = new t.Type<
  readonly TopologySpreadConstraint[],
  unknown
>(
  `a list of at most ${constraintsMax} constraints`,
  constraints.is,
  (value, context) =>
    Array.isArray(value) && value.length > constraintsMax
      ? t.failure(value, context)
      : constraints.validate(value, context),
  t.identity,
)
