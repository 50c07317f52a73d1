/**
 * Types and codecs of node selectors and node affinity, which state requirements on a node's labels
 * and fields.
 */
import { listOrEmpty, optional, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'

/**
 * A requirement on one label or field. The operator may be any text, because kube-scheduler drops a
 * term with an unknown operator and keeps the other terms.
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

/** A term; all its requirements must hold. */
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

/** A selector; at least one of its terms must hold. */
export interface NodeSelector {
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[]
}
export const NodeSelector: Codec<NodeSelector> = t.type(
  { nodeSelectorTerms: listOrEmpty(NodeSelectorTerm) },
  'an object',
)

/** A preferred term; its weight counts in the score of a node that matches. */
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

/** The required selector and the preferred terms of a pod or of a profile. */
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
