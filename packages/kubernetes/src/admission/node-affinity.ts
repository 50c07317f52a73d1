/**
 * Checks a pod's node selector and node affinity for the errors for which the API server refuses
 * the pod. The scheduler itself would only drop a term that it cannot parse.
 *
 * Source: Kubernetes API reference, NodeSelectorTerm and PreferredSchedulingTerm.
 */
import type { Malformed } from '@stowage/kernel'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type {
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'
import { unlessOneOf, unless, type At } from './unless.js'

/** Errors in a pod's `nodeSelector` and node affinity. */
export const wrongNodeSelection = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...[...spec.nodeSelector].flatMap(([key, value]) => [
    ...unless(isLabelKey(key), [...at, 'nodeSelector', key], key, "a label's key"),
    ...unless(isLabelValue(value), [...at, 'nodeSelector', key], value, "a label's value"),
  ]),
  ...wrongAffinity(spec.affinity?.nodeAffinity, [...at, 'affinity', 'nodeAffinity']),
]

const wrongAffinity = (affinity: NodeAffinity | undefined, at: At): readonly Malformed[] => {
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const hard = [...at, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms']
  const soft = [...at, 'preferredDuringSchedulingIgnoredDuringExecution']
  return [
    ...unless(required?.nodeSelectorTerms.length !== 0, hard, [], 'at least one term'),
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, i) => [
      ...wrongNodeTerm(term, [...hard, i]),
      ...wrongLabelValues(term, [...hard, i]),
    ]),
    ...preferred.flatMap(({ weight, preference }, i) => [
      ...unless(weight > 0, [...soft, i, 'weight'], weight, 'a weight from 1 to 100'),
      ...wrongNodeTerm(preference, [...soft, i, 'preference']),
    ]),
  ]
}

const wrongNodeTerm = (term: NodeSelectorTerm, at: At): readonly Malformed[] => [
  ...term.matchExpressions.flatMap((one, i) =>
    wrongNodeExpression(one, [...at, 'matchExpressions', i]),
  ),
  ...term.matchFields.flatMap((one, i) => wrongNodeField(one, [...at, 'matchFields', i])),
]

const nodeOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

const wrongNodeExpression = (
  { key, operator, values }: NodeSelectorRequirement,
  at: At,
): readonly Malformed[] => {
  const known = unlessOneOf(nodeOperators, operator, [...at, 'operator'])
  return [
    ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
    ...(known.length > 0 ? known : wrongCount(operator, values, [...at, 'values'])),
  ]
}

/** The operator determines how many values are allowed. */
const wrongCount = (operator: string, values: readonly string[], at: At): readonly Malformed[] => {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return unless(values.length > 0, at, values, `values for ${operator}`)
    case 'Gt':
    case 'Lt':
      return unless(values.length === 1, at, values, `one value for ${operator}`)
    default:
      return unless(values.length === 0, at, values, `no values for ${operator}`)
  }
}

const wrongNodeField = (
  { key, operator, values }: NodeSelectorRequirement,
  at: At,
): readonly Malformed[] => {
  const known = unlessOneOf(['In', 'NotIn'], operator, [...at, 'operator'])
  const count = unless(values.length === 1, [...at, 'values'], values, `one value for ${operator}`)
  return [
    ...unless(key === 'metadata.name', [...at, 'key'], key, 'metadata.name'),
    ...(known.length > 0 ? known : count),
  ]
}

/** For required terms only; a preferred term may have a value that no label can have. */
const wrongLabelValues = (term: NodeSelectorTerm, at: At): readonly Malformed[] =>
  term.matchExpressions.flatMap(({ values }, i) =>
    values.flatMap((value, j) =>
      unless(
        isLabelValue(value),
        [...at, 'matchExpressions', i, 'values', j],
        value,
        "a label's value",
      ),
    ),
  )
