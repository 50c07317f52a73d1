/**
 * Validates the topology spread constraints and the inter-pod affinity of a pod as the API server
 * does. Before this validation, the caller has merged `matchLabelKeys` and `mismatchLabelKeys` into
 * the label selectors.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" and "Assigning Pods to Nodes"
 * (matchLabelKeys, mismatchLabelKeys), and the API reference of both.
 */
import { duplicates } from '@stowage/documents'
import { isLabelKey } from '../words/label.js'
import type {
  WireAffinity,
  WirePodAffinity,
  WirePodTerm,
  WireSelector,
  WireSpread,
} from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from './cause.js'
import { isDnsLabel } from './name.js'
import { unlessWeight } from './node-affinity.js'
import { wrongSelector } from './selector.js'

/** Errors in topology spread constraints. */
export const wrongSpreads = (
  constraints: readonly WireSpread[] | undefined,
  at: Place,
): readonly Cause[] => [
  ...(constraints ?? []).flatMap((one, i) => wrongConstraint(one, [...at, i])),
  ...repeatedSpreads(constraints ?? [], at),
]

const wrongConstraint = (constraint: WireSpread, at: Place): readonly Cause[] => {
  const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains } = constraint
  const policies = ['Honor', 'Ignore']
  return [
    ...unless(maxSkew > 0, [...at, 'maxSkew'], maxSkew, 'a whole number of 1 or more'),
    // Any other text is accepted: a key that no node has matches no node.
    ...unless(topologyKey !== '', [...at, 'topologyKey'], topologyKey, "a label's key"),
    ...unlessOneOf(['DoNotSchedule', 'ScheduleAnyway'], whenUnsatisfiable, [
      ...at,
      'whenUnsatisfiable',
    ]),
    ...unlessOneOf(policies, constraint.nodeAffinityPolicy, [...at, 'nodeAffinityPolicy']),
    ...unlessOneOf(policies, constraint.nodeTaintsPolicy, [...at, 'nodeTaintsPolicy']),
    ...(minDomains === undefined ? [] : wrongDomains(minDomains, whenUnsatisfiable, at)),
    ...wrongLabelKeys(constraint, at),
    ...wrongSelector(constraint.labelSelector, [...at, 'labelSelector']),
  ]
}

const wrongDomains = (
  minDomains: number,
  whenUnsatisfiable: string,
  at: Place,
): readonly Cause[] => [
  ...unless(minDomains > 0, [...at, 'minDomains'], minDomains, 'a whole number of 1 or more'),
  ...unless(
    whenUnsatisfiable === 'DoNotSchedule',
    [...at, 'minDomains'],
    minDomains,
    'nothing, as only DoNotSchedule counts domains',
  ),
]

/** The API server names the earlier one of two. */
const repeatedSpreads = (constraints: readonly WireSpread[], at: Place): readonly Cause[] => {
  const titles = constraints.map((one) => `${one.topologyKey} and ${one.whenUnsatisfiable}`)
  return duplicates(titles, (title) => title).flatMap(({ index, item }) =>
    unless(false, [...at, index], item, 'a pair that no other constraint has', [
      ...at,
      titles.lastIndexOf(item, index - 1),
      '{topologyKey, whenUnsatisfiable}',
    ]),
  )
}

/** Errors in affinity and anti-affinity to pods. */
export const wrongPodAffinity = (affinity: WireAffinity | undefined, at: Place): readonly Cause[] =>
  (['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) =>
    wrongTerms(affinity?.[kind] ?? {}, [...at, kind]),
  )

const wrongTerms = (
  {
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  }: WirePodAffinity,
  at: Place,
): readonly Cause[] => {
  const soft = [...at, 'preferredDuringSchedulingIgnoredDuringExecution']
  return [
    ...required.flatMap((term, i) =>
      wrongPodTerm(term, [...at, 'requiredDuringSchedulingIgnoredDuringExecution', i]),
    ),
    ...preferred.flatMap(({ weight = 0, podAffinityTerm = {} }, i) => [
      ...unlessWeight(weight, [...soft, i, 'weight']),
      ...wrongPodTerm(podAffinityTerm, [...soft, i, 'podAffinityTerm']),
    ]),
  ]
}

const wrongPodTerm = (term: WirePodTerm, at: Place): readonly Cause[] => {
  const { topologyKey = '', namespaces = [], mismatchLabelKeys = [] } = term
  return [
    ...unless(isLabelKey(topologyKey), [...at, 'topologyKey'], topologyKey, "a label's key"),
    ...namespaces.flatMap((name, i) =>
      unless(isDnsLabel(name), [...at, 'namespaces', i], name, 'the name of a namespace', [
        ...at,
        'namespace',
      ]),
    ),
    ...wrongLabelKeys(term, at),
    ...(term.matchLabelKeys ?? []).flatMap((key, i) =>
      unless(
        !mismatchLabelKeys.includes(key),
        [...at, 'matchLabelKeys', i],
        key,
        'a key that is not in mismatchLabelKeys',
      ),
    ),
    ...wrongSelector(term.labelSelector, [...at, 'labelSelector']),
    ...wrongSelector(term.namespaceSelector, [...at, 'namespaceSelector']),
  ]
}

/**
 * Checks the keys whose values the selector takes from the pod's own labels. These requirements are
 * in the selector by now, so a key of `matchLabelKeys` is an error if it is there twice.
 */
const wrongLabelKeys = (
  term: Pick<WirePodTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>,
  at: Place,
): readonly Cause[] => [
  ...(['matchLabelKeys', 'mismatchLabelKeys'] as const).flatMap((name) => {
    const keys = term[name] ?? []
    if (keys.length === 0) return []
    const where = [...at, name]
    if (term.labelSelector === undefined)
      return [cause(where, keys, 'nothing, as there is no labelSelector')]
    return keys.flatMap((key, i) => unless(isLabelKey(key), [...where, i], key, "a label's key"))
  }),
  ...(term.matchLabelKeys ?? []).flatMap((key, i) =>
    unless(
      !isTwice(key, term.labelSelector),
      [...at, 'matchLabelKeys', i],
      key,
      'a key that the labelSelector does not ask for',
      [...at, i],
    ),
  ),
]

const isTwice = (key: string, selector: WireSelector | undefined): boolean => {
  const keys = [
    ...Object.keys(selector?.matchLabels ?? {}),
    ...(selector?.matchExpressions ?? []).map((one) => one.key),
  ]
  return keys.indexOf(key) !== keys.lastIndexOf(key)
}
