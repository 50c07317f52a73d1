/**
 * Checks topology spread constraints and inter-pod affinity as the API server does at admission,
 * and resolves `matchLabelKeys` and `mismatchLabelKeys` of affinity terms: it adds the pod's own
 * values of these labels to the term's selector.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" and "Assigning Pods to Nodes"
 * (matchLabelKeys, mismatchLabelKeys), and the API reference of both.
 */
import { duplicates } from '@stowage/documents'
import type { Malformed } from '@stowage/kernel'
import { isLabelKey, isLabelValue } from '../words/label.js'
import {
  requirementsOf,
  type Labels,
  type LabelSelector,
  type LabelSelectorRequirement,
} from '../words/label-selector.js'
import type { PodAffinity, PodAffinityTerm } from '../words/pod-affinity.js'
import type { PodSpec } from '../words/pod.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'
import { unlessOneOf, unless, type At } from './unless.js'

/** Errors in the constraints and affinity terms of a pod with these labels. */
export const wrongTopology = (spec: PodSpec, at: At, labels: Labels): readonly Malformed[] => [
  ...spec.topologySpreadConstraints.flatMap((constraint, i) =>
    wrongSpreadConstraint(withOwnLabels({ ...constraint, mismatchLabelKeys: [] }, labels), [
      ...at,
      'topologySpreadConstraints',
      i,
    ]),
  ),
  ...constraintsTwice(spec.topologySpreadConstraints, [...at, 'topologySpreadConstraints']),
  ...(['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) =>
    termsIn(spec.affinity?.[kind], [...at, 'affinity', kind]).flatMap(([term, where]) =>
      wrongPodTerm(term, where),
    ),
  ),
]

const wrongSpreadConstraint = (
  constraint: TopologySpreadConstraint & Keyed,
  at: At,
): readonly Malformed[] => {
  const { topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint
  const policies = ['Honor', 'Ignore']
  const soft = whenUnsatisfiable === 'ScheduleAnyway'
  return [
    // Any other text is accepted: a key that no node has matches no node.
    ...unless(topologyKey !== '', [...at, 'topologyKey'], topologyKey, "a label's key"),
    ...unlessOneOf(['DoNotSchedule', 'ScheduleAnyway'], whenUnsatisfiable, [
      ...at,
      'whenUnsatisfiable',
    ]),
    ...unlessOneOf(policies, constraint.nodeAffinityPolicy, [...at, 'nodeAffinityPolicy']),
    ...unlessOneOf(policies, constraint.nodeTaintsPolicy, [...at, 'nodeTaintsPolicy']),
    ...unless(
      minDomains === undefined || !soft,
      [...at, 'minDomains'],
      minDomains,
      'nothing, as only DoNotSchedule counts domains',
    ),
    ...wrongLabelKeys(constraint, 'matchLabelKeys', at),
    ...wrongSelector(labelSelector, [...at, 'labelSelector']),
  ]
}

const constraintsTwice = (
  constraints: readonly TopologySpreadConstraint[],
  at: At,
): readonly Malformed[] => {
  const titles = constraints.map((one) => `${one.topologyKey} and ${one.whenUnsatisfiable}`)
  return duplicates(titles, (title) => title).flatMap(({ index, item }) =>
    unless(false, [...at, index], item, 'a pair that no other constraint has'),
  )
}

const wrongPodTerm = (term: PodAffinityTerm, at: At): readonly Malformed[] => [
  ...wrongTopologyKey(term.topologyKey, at),
  ...wrongLabelKeys(term, 'matchLabelKeys', at),
  ...wrongLabelKeys(term, 'mismatchLabelKeys', at),
  ...term.matchLabelKeys.flatMap((key, i) =>
    unless(
      !term.mismatchLabelKeys.includes(key),
      [...at, 'matchLabelKeys', i],
      key,
      'a key that is not in mismatchLabelKeys',
    ),
  ),
  ...wrongSelector(term.labelSelector, [...at, 'labelSelector']),
  ...wrongSelector(term.namespaceSelector, [...at, 'namespaceSelector']),
]

interface Keyed {
  readonly labelSelector: LabelSelector | undefined
  readonly matchLabelKeys: readonly string[]
  readonly mismatchLabelKeys: readonly string[]
}

/**
 * Checks the keys whose values the selector takes from the pod's own labels. Admission adds these
 * requirements to the selector, so a key of `matchLabelKeys` is an error only if it occurs twice
 * there.
 */
const wrongLabelKeys = (
  keyed: Keyed,
  field: 'matchLabelKeys' | 'mismatchLabelKeys',
  at: At,
): readonly Malformed[] => {
  const { labelSelector, [field]: keys } = keyed
  if (labelSelector === undefined)
    return unless(keys.length === 0, [...at, field], keys, 'nothing, as there is no labelSelector')
  const selectorKeys = requirementsOf(labelSelector).map(({ key }) => key)
  const isTwice = (key: string): boolean =>
    selectorKeys.indexOf(key) !== selectorKeys.lastIndexOf(key)
  return keys.flatMap((key, i) => [
    ...unless(isLabelKey(key), [...at, field, i], key, "a label's key"),
    ...unless(
      field === 'mismatchLabelKeys' || !isTwice(key),
      [...at, field, i],
      key,
      'a key that the labelSelector does not ask for',
    ),
  ])
}

const wrongTopologyKey = (key: string, at: At): readonly Malformed[] =>
  unless(isLabelKey(key), [...at, 'topologyKey'], key, "a label's key")

const wrongSelector = (selector: LabelSelector | undefined, at: At): readonly Malformed[] => [
  ...[...(selector?.matchLabels ?? [])].flatMap(([key, value]) => [
    ...unless(isLabelKey(key), [...at, 'matchLabels', key], key, "a label's key"),
    ...unless(isLabelValue(value), [...at, 'matchLabels', key], value, "a label's value"),
  ]),
  ...(selector?.matchExpressions ?? []).flatMap((one, i) =>
    wrongRequirement(one, [...at, 'matchExpressions', i]),
  ),
]

const wrongRequirement = (
  { key, operator, values }: LabelSelectorRequirement,
  at: At,
): readonly Malformed[] => {
  const several = operator === 'In' || operator === 'NotIn'
  const unknown = unlessOneOf(['In', 'NotIn', 'Exists', 'DoesNotExist'], operator, [
    ...at,
    'operator',
  ])
  const expected = several ? `values for ${operator}` : `no values for ${operator}`
  return [
    ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
    ...(unknown.length > 0
      ? unknown
      : unless(several === values.length > 0, [...at, 'values'], values, expected)),
    ...values.flatMap((value, i) =>
      unless(isLabelValue(value), [...at, 'values', i], value, "a label's value"),
    ),
  ]
}

type LocatedTerms = readonly (readonly [term: PodAffinityTerm, at: At])[]

const termsIn = (affinity: PodAffinity | undefined, at: At): LocatedTerms => [
  ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(
    (term, i) => [term, [...at, 'requiredDuringSchedulingIgnoredDuringExecution', i]] as const,
  ),
  ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
    ({ podAffinityTerm }, i) =>
      [
        podAffinityTerm,
        [...at, 'preferredDuringSchedulingIgnoredDuringExecution', i, 'podAffinityTerm'],
      ] as const,
  ),
]

/**
 * Adds the pod's own labels to the selectors of terms that name their keys; the scheduler no longer
 * reads these keys.
 */
export const withLabelKeys = (
  affinity: PodAffinity | undefined,
  labels: Labels,
): PodAffinity | undefined => {
  if (affinity === undefined) return undefined
  const merged = (term: PodAffinityTerm) => withOwnLabels(term, labels)
  return {
    requiredDuringSchedulingIgnoredDuringExecution:
      affinity.requiredDuringSchedulingIgnoredDuringExecution.map(merged),
    preferredDuringSchedulingIgnoredDuringExecution:
      affinity.preferredDuringSchedulingIgnoredDuringExecution.map((one) => ({
        ...one,
        podAffinityTerm: merged(one.podAffinityTerm),
      })),
  }
}

const withOwnLabels = <Asking extends Keyed>(term: Asking, labels: Labels): Asking => {
  const { labelSelector, matchLabelKeys, mismatchLabelKeys } = term
  const requirementsFor = (
    keys: readonly string[],
    operator: string,
  ): readonly LabelSelectorRequirement[] =>
    keys.flatMap((key) => {
      const value = labels.get(key)
      return value === undefined ? [] : [{ key, operator, values: [value] }]
    })
  if (labelSelector === undefined) return term
  const before = labelSelector.matchExpressions
  const more = [
    ...requirementsFor(matchLabelKeys, 'In'),
    ...requirementsFor(mismatchLabelKeys, 'NotIn'),
  ].filter((one) => !before.some((other) => JSON.stringify(other) === JSON.stringify(one)))
  return { ...term, labelSelector: { ...labelSelector, matchExpressions: [...before, ...more] } }
}
