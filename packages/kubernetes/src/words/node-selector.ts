/** Node selectors: what node affinity asks of a node's labels and fields. */
import { listOrEmpty, optional, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'

/**
 * The operators are read as any text: upstream drops a term with an operator that it does not know,
 * and keeps the others.
 */
export interface NodeSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}
const NodeSelectorRequirement: Codec<NodeSelectorRequirement> = t.type(
  { key: text, operator: text, values: listOrEmpty(text) },
  'an object',
)

export interface NodeSelectorTerm {
  readonly matchExpressions: readonly NodeSelectorRequirement[]
  readonly matchFields: readonly NodeSelectorRequirement[]
}
const NodeSelectorTerm: Codec<NodeSelectorTerm> = t.type(
  {
    matchExpressions: listOrEmpty(NodeSelectorRequirement),
    matchFields: listOrEmpty(NodeSelectorRequirement),
  },
  'an object',
)

export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
}
export const NodeSelector: Codec<NodeSelector> = t.type(
  { nodeSelectorTerms: listOrEmpty(NodeSelectorTerm) },
  'an object',
)

export interface PreferredSchedulingTerm {
  readonly weight: number
  readonly preference: NodeSelectorTerm
}
const PreferredSchedulingTerm: Codec<PreferredSchedulingTerm> = t.type(
  {
    weight: whole('a weight from 1 to 100', 0, 100),
    preference: NodeSelectorTerm,
  },
  'an object',
)

export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution: NodeSelector | undefined
  readonly preferredDuringSchedulingIgnoredDuringExecution: readonly PreferredSchedulingTerm[]
}
export const NodeAffinity: Codec<NodeAffinity> = t.type(
  {
    requiredDuringSchedulingIgnoredDuringExecution: optional(NodeSelector),
    preferredDuringSchedulingIgnoredDuringExecution: listOrEmpty(PreferredSchedulingTerm),
  },
  'an object',
)
