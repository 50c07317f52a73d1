/**
 * Resolves `matchLabelKeys` and `mismatchLabelKeys` of a pod: for each key in these fields, the
 * pod's own value of the label becomes a requirement of the label selector. The scheduler therefore
 * does not read the two fields.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" and "Assigning Pods to Nodes"
 * (matchLabelKeys, mismatchLabelKeys).
 */
import { isEqualJson } from '../wire/json.js'
import type {
  Texts,
  WirePod,
  WirePodAffinity,
  WirePodSpec,
  WirePodTerm,
  WireRequirement,
} from '../wire/objects.js'
import { withSpec } from './plugin.js'

/** The pod with complete selectors. */
export const withLabelKeys = (pod: WirePod): WirePod => {
  const labels = pod.metadata?.labels ?? {}
  return withSpec(pod, (spec) => ({
    ...spec,
    ...affinityOf(spec, labels),
    ...(spec.topologySpreadConstraints === undefined
      ? {}
      : {
          topologySpreadConstraints: spec.topologySpreadConstraints.map((one) =>
            withOwnLabels(one, labels),
          ),
        }),
  }))
}

const affinityOf = ({ affinity }: WirePodSpec, labels: Texts): WirePodSpec => {
  if (affinity === undefined) return {}
  const { podAffinity, podAntiAffinity } = affinity
  return {
    affinity: {
      ...affinity,
      ...(podAffinity === undefined ? {} : { podAffinity: completedAffinity(podAffinity, labels) }),
      ...(podAntiAffinity === undefined
        ? {}
        : { podAntiAffinity: completedAffinity(podAntiAffinity, labels) }),
    },
  }
}

const completedAffinity = (affinity: WirePodAffinity, labels: Texts): WirePodAffinity => {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity
  return {
    ...(required === undefined
      ? {}
      : {
          requiredDuringSchedulingIgnoredDuringExecution: required.map((term) =>
            withOwnLabels(term, labels),
          ),
        }),
    ...(preferred === undefined
      ? {}
      : {
          preferredDuringSchedulingIgnoredDuringExecution: preferred.map((one) => ({
            ...one,
            ...(one.podAffinityTerm === undefined
              ? {}
              : { podAffinityTerm: withOwnLabels(one.podAffinityTerm, labels) }),
          })),
        }),
  }
}

type KeyedTerm = Pick<WirePodTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>

/** A term without a selector matches nothing, so it gets no requirement either. */
const withOwnLabels = <Term extends KeyedTerm>(term: Term, labels: Texts): Term => {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term
  if (labelSelector === undefined) return term
  const requirements = (keys: readonly string[], operator: string): readonly WireRequirement[] =>
    keys.flatMap((key) =>
      Object.hasOwn(labels, key) ? [{ key, operator, values: [labels[key]!] }] : [],
    )
  const before = labelSelector.matchExpressions ?? []
  // An object that was stored before has them already.
  const more = [
    ...requirements(matchLabelKeys, 'In'),
    ...requirements(mismatchLabelKeys, 'NotIn'),
  ].filter((one) => !before.some((other) => isEqualJson(one, other)))
  if (more.length === 0) return term
  return { ...term, labelSelector: { ...labelSelector, matchExpressions: [...before, ...more] } }
}
