/**
 * What the API server refuses in spreading and in affinity between pods, and what it fills in there.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" and "Assigning Pods to Nodes" (matchLabelKeys,
 * mismatchLabelKeys), and the API reference of both.
 */
import { shown, type Malformed } from '@stowage/kernel'
import { isLabelKey } from '../words/label.js'
import type { Labels, LabelSelector, LabelSelectorRequirement } from '../words/label-selector.js'
import type { PodAffinity, PodAffinityTerm } from '../words/pod-affinity.js'
import type { PodSpec } from '../words/pod.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'

type At = readonly (string | number)[]

const unless = (holds: boolean, at: At, found: unknown, expected: string): readonly Malformed[] =>
  holds ? [] : [{ at, found: shown(found), expected }]

const oneOf = (words: readonly string[], found: string | undefined, at: At) =>
  unless(found === undefined || words.includes(found), at, found, `one of ${words.join(', ')}`)

/** All that contradicts itself in a spec's constraints and terms. */
export const wrongTopology = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...spec.topologySpreadConstraints.flatMap((constraint, i) =>
    wrongConstraint(constraint, [...at, 'topologySpreadConstraints', i]),
  ),
  ...repeated(spec.topologySpreadConstraints, [...at, 'topologySpreadConstraints']),
  ...(['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) =>
    termsIn(spec.affinity?.[kind], [...at, 'affinity', kind]).flatMap(([term, where]) =>
      wrongTerm(term, where),
    ),
  ),
]

const wrongConstraint = (constraint: TopologySpreadConstraint, at: At): readonly Malformed[] => {
  const { topologyKey, whenUnsatisfiable, minDomains, labelSelector } = constraint
  const policies = ['Honor', 'Ignore']
  const soft = whenUnsatisfiable === 'ScheduleAnyway'
  return [
    ...wrongKey(topologyKey, at),
    ...oneOf(['DoNotSchedule', 'ScheduleAnyway'], whenUnsatisfiable, [...at, 'whenUnsatisfiable']),
    ...oneOf(policies, constraint.nodeAffinityPolicy, [...at, 'nodeAffinityPolicy']),
    ...oneOf(policies, constraint.nodeTaintsPolicy, [...at, 'nodeTaintsPolicy']),
    ...unless(
      minDomains === undefined || !soft,
      [...at, 'minDomains'],
      minDomains,
      'nothing, as only DoNotSchedule counts domains',
    ),
    ...unless(
      constraint.matchLabelKeys.length === 0 || labelSelector !== undefined,
      [...at, 'matchLabelKeys'],
      constraint.matchLabelKeys,
      'nothing, as there is no labelSelector',
    ),
    ...wrongSelector(labelSelector, [...at, 'labelSelector']),
  ]
}

const repeated = (
  constraints: readonly TopologySpreadConstraint[],
  at: At,
): readonly Malformed[] => {
  const titles = constraints.map((one) => `${one.topologyKey} and ${one.whenUnsatisfiable}`)
  return titles.flatMap((title, i) =>
    unless(titles.indexOf(title) === i, [...at, i], title, 'a pair that no other constraint has'),
  )
}

const wrongTerm = (term: PodAffinityTerm, at: At): readonly Malformed[] => [
  ...wrongKey(term.topologyKey, at),
  ...wrongSelector(term.labelSelector, [...at, 'labelSelector']),
  ...wrongSelector(term.namespaceSelector, [...at, 'namespaceSelector']),
]

const wrongKey = (key: string, at: At): readonly Malformed[] =>
  unless(isLabelKey(key), [...at, 'topologyKey'], key, "a label's key")

const wrongSelector = (selector: LabelSelector | undefined, at: At): readonly Malformed[] =>
  (selector?.matchExpressions ?? []).flatMap(({ operator, values }, i) => {
    const where = [...at, 'matchExpressions', i]
    const several = operator === 'In' || operator === 'NotIn'
    const known = oneOf(['In', 'NotIn', 'Exists', 'DoesNotExist'], operator, [...where, 'operator'])
    if (known.length > 0) return known
    return unless(
      several === values.length > 0,
      [...where, 'values'],
      values,
      several ? `values for ${operator}` : `no values for ${operator}`,
    )
  })

type Placed = readonly (readonly [term: PodAffinityTerm, at: At])[]

const termsIn = (affinity: PodAffinity | undefined, at: At): Placed => [
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

/** The pod's own labels in the selectors of terms that ask for them; the scheduler does not look at those keys any more. */
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

const withOwnLabels = (term: PodAffinityTerm, labels: Labels): PodAffinityTerm => {
  const { labelSelector, matchLabelKeys, mismatchLabelKeys } = term
  const asked = (keys: readonly string[], operator: string): readonly LabelSelectorRequirement[] =>
    keys.flatMap((key) => {
      const value = labels.get(key)
      return value === undefined ? [] : [{ key, operator, values: [value] }]
    })
  if (labelSelector === undefined) return term
  const before = labelSelector.matchExpressions
  const more = [...asked(matchLabelKeys, 'In'), ...asked(mismatchLabelKeys, 'NotIn')].filter(
    (one) => !before.some((other) => JSON.stringify(other) === JSON.stringify(one)),
  )
  return { ...term, labelSelector: { ...labelSelector, matchExpressions: [...before, ...more] } }
}
