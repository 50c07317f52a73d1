/** Node selectors: what node affinity asks of a node's labels and fields. */
import * as t from 'io-ts'
import { list, optional, text, whole, type Decoder } from './decode.js'

/**
 * The operators are read as any text: upstream drops a term with an operator that it does not know,
 * and keeps the others.
 */
export interface NodeSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}
const NodeSelectorRequirement: Decoder<NodeSelectorRequirement> = t.type(
  { key: text, operator: text, values: list(text) },
  'an object',
)

export interface NodeSelectorTerm {
  readonly matchExpressions: readonly NodeSelectorRequirement[]
  readonly matchFields: readonly NodeSelectorRequirement[]
}
const NodeSelectorTerm: Decoder<NodeSelectorTerm> = t.type(
  {
    matchExpressions: list(NodeSelectorRequirement),
    matchFields: list(NodeSelectorRequirement),
  },
  'an object',
)

export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
}
export const NodeSelector: Decoder<NodeSelector> = t.type(
  { nodeSelectorTerms: list(NodeSelectorTerm) },
  'an object',
)

export interface PreferredSchedulingTerm {
  readonly weight: number
  readonly preference: NodeSelectorTerm
}
const PreferredSchedulingTerm: Decoder<PreferredSchedulingTerm> = t.type(
  {
    weight: whole(0, 100, 'a weight from 1 to 100'),
    preference: NodeSelectorTerm,
  },
  'an object',
)

export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution: NodeSelector | undefined
  readonly preferredDuringSchedulingIgnoredDuringExecution: readonly PreferredSchedulingTerm[]
}
export const NodeAffinity: Decoder<NodeAffinity> = t.type(
  {
    requiredDuringSchedulingIgnoredDuringExecution: optional(NodeSelector),
    preferredDuringSchedulingIgnoredDuringExecution: list(PreferredSchedulingTerm),
  },
  'an object',
)
