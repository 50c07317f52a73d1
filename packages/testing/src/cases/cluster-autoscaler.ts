/**
 * Maps each kind of recorded case of the Cluster Autoscaler (such as node groups to balance, or the
 * utilization of a node) to the function that computes our output. Field names are those of the
 * recorded cases.
 */
import {
  decodeValue,
  flag,
  isObject,
  list,
  omittable,
  oneOf,
  own,
  record,
  text,
} from '@stowage/documents'
import { getOrThrow, renderValue } from '@stowage/kernel'
import { clusterScaleDownCases } from './cluster-scale-down.js'
import { clusterScaleUpCases } from './cluster-scale-up.js'
import { AutoscaledPod, OccupiedNode, clusterAutoscalerRules } from './cluster-words.js'
import {
  amount,
  elapsedSeconds,
  faultsIn,
  finite,
  jsonValue,
  numbersAsText,
  sortedKeys,
  texts,
} from './field.js'
import { caseRule, type CaseRules } from './rule.js'

const AutoscaledPods = list('a list of pods', AutoscaledPod)
const balance = caseRule(
  record('an object', {
    groups: list('a list of groups', record('a group', { id: text, target: amount, max: amount })),
    newNodes: amount,
  }),
  ({ groups, newNodes }) =>
    groups.length === 0
      ? { error: true }
      : { resized: clusterAutoscalerRules.balanceGroups(groups, newNodes) },
)

const similar = caseRule(
  record('an object', {
    ...{ a: OccupiedNode, b: OccupiedNode },
    comparator: oneOf(['generic', 'aws', 'gce', 'azure', 'labels'] as const),
    ratios: record('an object', { allocatable: finite, free: finite, capacityMemory: finite }),
    ...{ ignoredLabels: texts, balancingLabels: texts },
  }),
  (input) => ({ similar: clusterAutoscalerRules.areSimilar(input.a, input.b, input) }),
)

const utilization = caseRule(
  record('an object', {
    ...{ node: jsonValue, pods: jsonValue },
    ...{ ignoreDaemonSets: flag, ignoreMirrorPods: flag, gpuResource: text, now: text },
  }),
  (input) => {
    const occupied = getOrThrow(decodeValue(OccupiedNode, input))
    const found = clusterAutoscalerRules.nodeUtilization(occupied, input)
    return found === undefined ? { error: true } : numbersAsText(found)
  },
  (input) => faultsIn(OccupiedNode, [], input),
)

/** The spec is compared as it is written, so that the codec is for what is wrong alone. */
const equivalence = caseRule(
  record('an object', { pods: list('a list of pods', jsonValue) }),
  ({ pods }) => ({
    groups: clusterAutoscalerRules.equivalenceGroups(
      pods.map((pod) => {
        const { metadata } = getOrThrow(decodeValue(AutoscaledPod, pod))
        const spec = isObject(pod) ? own(pod, 'spec') : undefined
        return { metadata, spec: sortedKeys(spec) as object }
      }),
    ),
  }),
  ({ pods }) => faultsIn(AutoscaledPods, ['pods'], pods),
)

/** A node group, which may have times of its own. */
const shrinkingGroup = record('a group', {
  ...{ id: text, min: amount, target: amount, nodes: texts, deletionsInProgress: amount },
  ...{ nodeCpuMilli: amount, nodeMemoryBytes: amount },
  ...{ unneededSeconds: omittable(elapsedSeconds), unreadySeconds: omittable(elapsedSeconds) },
})

const unneededNode = record('a node', {
  ...{ name: text, group: text, unneededForSeconds: elapsedSeconds },
  ...{ empty: flag, ready: flag, scaleDownDisabled: flag },
})

/** Reasons that depend on which of several nodes goes first are recorded by group alone. */
const unneededRule = caseRule(
  record('an object', {
    groups: list('a list of groups', shrinkingGroup),
    unneeded: list('a list of nodes', unneededNode),
    ...{ unneededSeconds: elapsedSeconds, unreadySeconds: elapsedSeconds },
    ...{ minCoresTotal: amount, minMemoryTotalBytes: amount },
  }),
  (input) => {
    const verdicts = clusterAutoscalerRules.unneededVerdicts(input.groups, input.unneeded, input)
    const byGroup: Record<string, Record<string, number>> = {}
    const byNode: Record<string, string> = {}
    for (const { name, group } of input.unneeded) {
      const verdict = verdicts.get(name)!
      const counts = (byGroup[group] ??= {})
      counts[verdict] = (counts[verdict] ?? 0) + 1
      if (reasonsOfNode.includes(verdict)) byNode[name] = verdict
    }
    return { byGroup, byNode }
  },
  ({ groups, unneeded: nodes }) =>
    nodes.flatMap(({ group }, i) =>
      groups.some(({ id }) => id === group)
        ? []
        : [
            {
              at: ['unneeded', i, 'group'],
              found: renderValue(group),
              expected: 'one of the groups',
            },
          ],
    ),
)

const reasonsOfNode: readonly string[] = [
  'ScaleDownDisabledAnnotation',
  'NotUnneededLongEnough',
  'NotUnreadyLongEnough',
]

/** The rules of the Cluster Autoscaler, by the kind of a case. */
export const clusterAutoscalerCases: CaseRules = {
  balance,
  equivalence,
  similar,
  unneeded: unneededRule,
  utilization,
  ...clusterScaleDownCases,
  ...clusterScaleUpCases,
}
