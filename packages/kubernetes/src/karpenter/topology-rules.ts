/**
 * Converts the topology spreads, affinities and anti-affinities of a pod to topology rules, and
 * computes the key of a rule. Rules with the same key share one group of counts.
 */
import { int32Max } from '@stowage/documents'
import { selects, type LabelSelector, type Labels } from '../words/label-selector.js'
import type { PodAffinityTerm } from '../words/pod-affinity.js'
import type { PodSpec } from '../words/pod.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'
import { namespaceOf } from '../workload/workload.js'
import {
  addRequirements,
  labelRequirements,
  requirementsFrom,
  type Requirements,
} from '../node-pool/requirements.js'
import type { NodeFilter, TopologyRule } from './topology-group.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** Labels of namespaces by name. */
export type NamespaceLabels = ReadonlyMap<string, Labels>

/** The rules of a pod, preferences among them while these are respected. */
export const rulesOfPod = (
  pod: KarpenterPod,
  namespaces: NamespaceLabels,
  respectsPreferences: boolean,
): readonly TopologyRule[] => {
  const { spec } = pod
  const of = (type: TopologyRule['type'], terms: readonly PodAffinityTerm[]) =>
    terms.map((term) => ruleOfTerm(type, term, pod, namespaces))
  return [
    ...spec.topologySpreadConstraints
      .filter((one) => respectsPreferences || one.whenUnsatisfiable === 'DoNotSchedule')
      .map((one) => ruleOfSpread(one, pod)),
    ...of('pod affinity', affinityTerms(spec, 'podAffinity', respectsPreferences)),
    ...of('pod anti-affinity', affinityTerms(spec, 'podAntiAffinity', respectsPreferences)),
  ]
}

/** The rules that a pod with required anti-affinity lays on others. */
export const inverseRulesOfPod = (
  pod: KarpenterPod,
  namespaces: NamespaceLabels,
): readonly TopologyRule[] =>
  affinityTerms(pod.spec, 'podAntiAffinity', false).map((term) =>
    ruleOfTerm('pod anti-affinity', term, pod, namespaces),
  )

const affinityTerms = (
  { affinity }: PodSpec,
  kind: 'podAffinity' | 'podAntiAffinity',
  withPreferred: boolean,
): readonly PodAffinityTerm[] => {
  const terms = affinity?.[kind]
  if (terms === undefined) return []
  return [
    ...terms.requiredDuringSchedulingIgnoredDuringExecution,
    ...(withPreferred ? terms.preferredDuringSchedulingIgnoredDuringExecution : []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]
}

const skewMax = int32Max
const everyNode: NodeFilter = {
  ...{ alternatives: [], tolerations: [], honorsLabels: false, honorsTaints: false },
}

const ruleOfTerm = (
  type: TopologyRule['type'],
  { topologyKey, labelSelector, namespaces, namespaceSelector }: PodAffinityTerm,
  { metadata }: KarpenterPod,
  known: NamespaceLabels,
): TopologyRule => ({
  ...{ type, key: topologyKey, selector: labelSelector, nodeFilter: everyNode },
  ...{ maxSkew: skewMax, minDomains: undefined },
  namespaces:
    namespaces.length === 0 && namespaceSelector === undefined
      ? new Set([namespaceOf(metadata)])
      : new Set([
          ...namespaces,
          ...[...known]
            .filter(([, labels]) => selects(namespaceSelector, labels))
            .map(([name]) => name),
        ]),
})

const ruleOfSpread = (constraint: TopologySpreadConstraint, pod: KarpenterPod): TopologyRule => ({
  ...{ type: 'topology spread', key: constraint.topologyKey },
  ...{ maxSkew: constraint.maxSkew, minDomains: constraint.minDomains },
  namespaces: new Set([namespaceOf(pod.metadata)]),
  selector: withPodLabels(constraint, pod.metadata.labels),
  nodeFilter: {
    alternatives: alternativesOfSpec(pod.spec),
    tolerations: pod.spec.tolerations,
    honorsLabels: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
  },
})

/** The selector with the pod's own values of some labels. */
const withPodLabels = (
  { labelSelector, matchLabelKeys }: TopologySpreadConstraint,
  labels: Labels,
): LabelSelector | undefined => {
  if (labelSelector === undefined) return undefined
  const own = matchLabelKeys
    .filter((key) => labels.has(key))
    .map((key) => ({ key, operator: 'In', values: [labels.get(key)!] }))
  return { ...labelSelector, matchExpressions: [...labelSelector.matchExpressions, ...own] }
}

const alternativesOfSpec = ({ nodeSelector, affinity }: PodSpec): readonly Requirements[] => {
  const selected = labelRequirements(nodeSelector)
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return required === undefined
    ? [selected]
    : required.nodeSelectorTerms.map(({ matchExpressions }) =>
        addRequirements(selected, requirementsFrom(matchExpressions).values()),
      )
}

/**
 * The key of the group to which a rule belongs.
 *
 * As in Karpenter, the key contains only the label keys of the rule's node filter, not their
 * values, and not minDomains, so that the first pod with the key decides for all others.
 */
export const ruleKey = ({
  type,
  key,
  namespaces,
  maxSkew,
  selector,
  nodeFilter,
}: TopologyRule): string => {
  const { alternatives, tolerations, honorsLabels, honorsTaints } = nodeFilter
  const parts = [
    ...[type, key, [...namespaces].sort(), maxSkew, selectorKey(selector)],
    ...[honorsLabels, honorsTaints],
    oddOnes(alternatives.map((one) => JSON.stringify([...one.keys()].sort()))),
    oddOnes(tolerations.map((one) => JSON.stringify(one))),
  ]
  return JSON.stringify(parts)
}

/** Equal items annul each other in pairs. */
const oddOnes = (texts: readonly string[]): readonly string[] => {
  const odd = new Set<string>()
  for (const text of texts) if (!odd.delete(text)) odd.add(text)
  return [...odd].sort()
}

const selectorKey = (selector: LabelSelector | undefined): unknown =>
  selector === undefined
    ? null
    : [
        [...selector.matchLabels].sort(),
        [
          ...new Set(
            selector.matchExpressions.map(({ key, operator, values }) =>
              JSON.stringify([key, operator, oddOnes(values)]),
            ),
          ),
        ].sort(),
      ]
