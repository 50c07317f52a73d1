/**
 * Validates node affinity as the API server does. The scheduler itself would only drop a term that
 * it cannot parse.
 *
 * Source: Kubernetes API reference, NodeSelectorTerm and PreferredSchedulingTerm.
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { WireNodeAffinity, WireNodeTerm, WireRequirement } from '../wire/objects.js'
import { unless, unlessOneOf, type Cause, type Place } from './cause.js'
import { isDnsSubdomain } from './name.js'

/** Errors in node affinity. */
export const wrongNodeAffinity = (
  affinity: WireNodeAffinity | undefined,
  at: Place,
): readonly Cause[] => {
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const soft = [...at, 'preferredDuringSchedulingIgnoredDuringExecution']
  return [
    ...(required === undefined
      ? []
      : wrongNodeTerms(required.nodeSelectorTerms ?? [], [
          ...at,
          'requiredDuringSchedulingIgnoredDuringExecution',
          'nodeSelectorTerms',
        ])),
    ...preferred.flatMap(({ weight = 0, preference = {} }, i) => [
      ...unlessWeight(weight, [...soft, i, 'weight']),
      ...wrongNodeTerm(preference, [...soft, i, 'preference']),
    ]),
  ]
}

/** One cause when a weight is outside its range. */
export const unlessWeight = (weight: number, at: Place): readonly Cause[] =>
  unless(weight > 0 && weight <= 100, at, weight, 'a weight from 1 to 100')

/** Errors in the terms of which a node must match one. */
export const wrongNodeTerms = (terms: readonly WireNodeTerm[], at: Place): readonly Cause[] => [
  ...unless(terms.length > 0, at, [], 'at least one term'),
  ...terms.flatMap((term, i) => [
    ...wrongNodeTerm(term, [...at, i]),
    ...wrongLabelValues(term, [...at, i]),
  ]),
]

const wrongNodeTerm = (
  { matchExpressions = [], matchFields = [] }: WireNodeTerm,
  at: Place,
): readonly Cause[] => [
  ...matchExpressions.flatMap((one, i) => wrongNodeExpression(one, [...at, 'matchExpressions', i])),
  ...matchFields.flatMap((one, i) => wrongNodeField(one, [...at, 'matchFields', i])),
]

const nodeOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']

const wrongNodeExpression = (
  { key = '', operator = '', values = [] }: WireRequirement,
  at: Place,
): readonly Cause[] => {
  const known = unlessOneOf(nodeOperators, operator, [...at, 'operator'])
  return [
    ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
    ...(known.length > 0 ? known : wrongCount(operator, values, [...at, 'values'])),
  ]
}

/** The operator determines how many values are allowed. */
const wrongCount = (operator: string, values: readonly string[], at: Place): readonly Cause[] => {
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
  { key = '', operator = '', values = [] }: WireRequirement,
  at: Place,
): readonly Cause[] => {
  const known = unlessOneOf(['In', 'NotIn'], operator, [...at, 'operator'])
  const count = unless(values.length === 1, [...at, 'values'], values, `one value for ${operator}`)
  return [
    ...unless(key === 'metadata.name', [...at, 'key'], key, 'metadata.name'),
    ...(known.length > 0 ? known : count),
    ...(key === 'metadata.name' ? values : []).flatMap((value, i) =>
      unless(isDnsSubdomain(value), [...at, 'values', i], value, 'the name of a node'),
    ),
  ]
}

/** For required terms only; a preferred term may have a value that no label can have. */
const wrongLabelValues = ({ matchExpressions = [] }: WireNodeTerm, at: Place): readonly Cause[] =>
  matchExpressions.flatMap(({ values = [] }, i) =>
    values.flatMap((value, j) =>
      unless(
        isLabelValue(value),
        [...at, 'matchExpressions', i, 'values', j],
        value,
        "a label's value",
      ),
    ),
  )
