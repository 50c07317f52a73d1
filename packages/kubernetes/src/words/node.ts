/** Nodes: what they can allocate, how they are labelled and tainted. */
import * as t from 'io-ts'
import { Amounts } from './amounts.js'
import { flag, list, optional, type Decoder } from './decode.js'
import { Metadata } from './metadata.js'
import { Taint } from './taint.js'

export interface Node {
  readonly metadata: Metadata
  readonly spec:
    | { readonly taints: readonly Taint[]; readonly unschedulable: boolean | undefined }
    | undefined
  readonly status: { readonly allocatable: Amounts; readonly capacity: Amounts } | undefined
}
export const Node: Decoder<Node> = t.type({
  metadata: Metadata,
  spec: optional(t.type({ taints: list(Taint), unschedulable: optional(flag) }, 'an object')),
  status: optional(t.type({ allocatable: Amounts, capacity: Amounts }, 'an object')),
})
