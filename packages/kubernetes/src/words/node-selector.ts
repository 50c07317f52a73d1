/**
 * Defines the types and codecs of node selectors and node affinity, which state requirements on a
 * node's labels and fields. Also checks whether a selector matches a node.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (operators; terms are ORed, the
 * expressions of a term ANDed).
 */
import { listOrEmpty, optional, record, text, whole, type Codec } from '@stowage/documents'
import { compareAs } from '@stowage/kernel'
import { isLabelKey, isLabelValue } from './label.js'

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

/** What a selector reads of a node. */
export interface NamedNode {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
}

/** Whether some term matches the node. A term that is empty or invalid matches none. */
export const selectsNode = ({ nodeSelectorTerms }: NodeSelector, node: NamedNode): boolean =>
  nodeSelectorTerms.some(
    ({ matchExpressions, matchFields }) =>
      matchExpressions.length + matchFields.length > 0 &&
      matchExpressions.every((one) => matchesLabel(one, node.labels)) &&
      matchFields.every((one) => matchesField(one, node.name)),
  )

const matchesLabel = (
  { key, operator, values }: NodeSelectorRequirement,
  labels: NamedNode['labels'],
): boolean => {
  if (!isLabelKey(key) || !values.every(isLabelValue)) return false
  const value = labels.get(key)
  const isAmong = value !== undefined && values.includes(value)
  switch (operator) {
    case 'In':
      return isAmong
    case 'NotIn':
      return values.length > 0 && !isAmong
    case 'Exists':
      return values.length === 0 && value !== undefined
    case 'DoesNotExist':
      return values.length === 0 && value === undefined
    case 'Gt':
    case 'Lt': {
      if (values.length !== 1 || value === undefined) return false
      const order = compareAs('int64')(value, values[0]!)
      return order !== undefined && (operator === 'Gt' ? order > 0 : order < 0)
    }
    default:
      return false
  }
}

/** The only field is `metadata.name`, with exactly one value. */
const matchesField = (
  { key, operator, values }: NodeSelectorRequirement,
  name: string,
): boolean => {
  if (key !== 'metadata.name' || values.length !== 1) return false
  return operator === 'In' ? values[0] === name : operator === 'NotIn' && values[0] !== name
}
