/** Topology spread constraints: how evenly similar pods must be spread over topology domains. */
import * as t from 'io-ts'
import { list, optional, text, whole, type Decoder } from './decode.js'
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
const positive = whole(1, 2_147_483_647, 'a whole number, 1 or more')

export const TopologySpreadConstraint: Decoder<TopologySpreadConstraint> = t.type(
  {
    maxSkew: positive,
    topologyKey: text,
    whenUnsatisfiable: text,
    labelSelector: optional(LabelSelector),
    minDomains: optional(positive),
    nodeAffinityPolicy: optional(text),
    nodeTaintsPolicy: optional(text),
    matchLabelKeys: list(text),
  },
  'an object',
)
