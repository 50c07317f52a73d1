/**
 * Types and codecs of node selectors and node affinity, which state requirements on a node's labels
 * and fields.
 */
import { listOrEmpty, optional, record, text, whole, type Codec } from '@stowage/documents'

/**
 * A requirement on one label or field. The operator may be any text, because kube-scheduler drops a
 * term with an unknown operator and keeps the other terms.
 */
export interface NodeSelectorRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}
const NodeSelectorRequirement: Codec<NodeSelectorRequirement> = record<NodeSelectorRequirement>(
  'an object',
  { key: text, operator: text, values: listOrEmpty(text) },
)

/** A term; all its requirements must hold. */
export interface NodeSelectorTerm {
  readonly matchExpressions: readonly NodeSelectorRequirement[]
  readonly matchFields: readonly NodeSelectorRequirement[]
}
const NodeSelectorTerm: Codec<NodeSelectorTerm> = record<NodeSelectorTerm>('an object', {
  matchExpressions: listOrEmpty(NodeSelectorRequirement),
  matchFields: listOrEmpty(NodeSelectorRequirement),
})

/** A selector; at least one of its terms must hold. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
}
export const NodeSelector: Codec<NodeSelector> = record<NodeSelector>('an object', {
  nodeSelectorTerms: listOrEmpty(NodeSelectorTerm),
})

/** A preferred term; its weight counts in the score of a node that matches. */
export interface PreferredSchedulingTerm {
  readonly weight: number
  readonly preference: NodeSelectorTerm
}
const PreferredSchedulingTerm: Codec<PreferredSchedulingTerm> = record<PreferredSchedulingTerm>(
  'an object',
  {
    weight: whole('a weight from 1 to 100', 0, 100),
    preference: NodeSelectorTerm,
  },
)

/** The required selector and the preferred terms of a pod or of a profile. */
export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution: NodeSelector | undefined
  readonly preferredDuringSchedulingIgnoredDuringExecution: readonly PreferredSchedulingTerm[]
}
export const NodeAffinity: Codec<NodeAffinity> = record<NodeAffinity>('an object', {
  requiredDuringSchedulingIgnoredDuringExecution: optional(NodeSelector),
  preferredDuringSchedulingIgnoredDuringExecution: listOrEmpty(PreferredSchedulingTerm),
})
