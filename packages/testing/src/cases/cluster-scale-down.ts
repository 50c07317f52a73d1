/**
 * Maps each kind of recorded case about scale-down of the Cluster Autoscaler (drain, removal,
 * eligible nodes, budgets) to the function that computes our output. Field names are those of the
 * recorded cases.
 */
import { flag, list, omittable, record, text } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import {
  AutoscaledNode,
  AutoscaledPod,
  Moment,
  OccupiedNode,
  PodDisruptionBudget,
  clusterAutoscalerRules,
} from './cluster-words.js'
import { amount, finite, numbersAsText, texts } from './field.js'
import { caseRule, type CaseRules } from './rule.js'

type Pods = Parameters<typeof clusterAutoscalerRules.nodeDrain>[0]

const namesOf = (pods: Pods): readonly string[] => pods.map(({ metadata }) => metadata.name)

const removalWorld = {
  controllers: list(
    'a list of controllers',
    record('a controller', {
      ...{ kind: text, namespace: text, name: text, replicas: omittable(amount) },
    }),
  ),
  pdbs: list('a list of PodDisruptionBudgets', PodDisruptionBudget),
  options: record('an object', {
    ...{ skipNodesWithSystemPods: flag, skipNodesWithLocalStorage: flag },
    ...{ skipNodesWithCustomControllerPods: flag, minReplicaCount: amount },
    blockingSystemPodTimeoutSeconds: amount,
  }),
  now: Moment,
}

const drain = caseRule(
  record('an object', { pods: list('a list of pods', AutoscaledPod), ...removalWorld }),
  (world) => {
    const { podRemoval, nodeDrain, budgetVerdict } = clusterAutoscalerRules
    const found = nodeDrain(world.pods, world)
    const pods = world.pods.map((pod) => ({
      pod: pod.metadata.name,
      ...podRemoval(pod, world),
    }))
    if (found.isBlocked)
      return { pods, node: { blockedBy: found.pod.metadata.name, reason: found.reason } }
    const { pod, ...verdict } = budgetVerdict(found.move, world.pdbs)
    return {
      pods,
      node: {
        move: namesOf(found.move),
        daemonSetPods: namesOf(found.daemons),
        onCompletion: namesOf(found.onCompletion),
        pdb: { ...verdict, ...(pod === undefined ? {} : { pod: pod.metadata.name }) },
      },
    }
  },
)

/** The answer is what upstream gives when it takes nodes in order, where it takes any. */
const removal = caseRule(
  record('an object', {
    ...{ nodes: list('a list of nodes', OccupiedNode), candidates: texts },
    ...removalWorld,
  }),
  (input) => {
    const { candidates, pdbs } = clusterAutoscalerRules.simulateRemovals(input)
    const inOrder = {
      candidates: candidates.map((verdict) => {
        const { node, isRemovable } = verdict
        if (isRemovable) return { node, removable: true, risky: verdict.isRisky }
        const { reason } = verdict
        if (reason === 'NoPlaceToMovePods') return { node, removable: false, reason }
        const { blockingPod, blockingReason } = verdict
        const by = { blockingPod: blockingPod.metadata.name, blockingReason }
        return { node, removable: false, reason, ...by }
      }),
      disruptionsLeft: Object.fromEntries(
        pdbs.map(({ metadata, status }) => [metadata.name, status?.disruptionsAllowed ?? 0]),
      ),
    }
    return { inOrder }
  },
  ({ nodes, candidates }) =>
    candidates.flatMap((name, i) =>
      nodes.some(({ node }) => node.metadata.name === name) && candidates.indexOf(name) === i
        ? []
        : [
            {
              at: ['candidates', i],
              found: renderValue(name),
              expected: 'the name of a node, once',
            },
          ],
    ),
)

const eligible = caseRule(
  record('an object', {
    nodes: list('a list of nodes', AutoscaledNode),
    groups: list(
      'a list of groups',
      record('a group', {
        ...{ id: text, nodes: texts, ignoreDaemonSets: omittable(flag) },
        ...{ utilizationThreshold: omittable(finite), gpuUtilizationThreshold: omittable(finite) },
      }),
    ),
    ...{ utilizationThreshold: finite, gpuUtilizationThreshold: finite },
    ...{ ignoreDaemonSets: flag, ignoreMirrorPods: flag, scaleDownUnreadyEnabled: flag },
    ...{ recentlyUnremovable: texts, now: text },
  }),
  (input) => {
    const verdicts = clusterAutoscalerRules.eligibilityOf(input.nodes, input.groups, input)
    const ineligible: Record<string, string> = {}
    const utilization: Record<string, unknown> = {}
    for (const one of verdicts) {
      if (one.reason !== undefined) ineligible[one.node] = one.reason
      if (one.utilization !== undefined) utilization[one.node] = numbersAsText(one.utilization)
    }
    const nodes = verdicts.filter(({ reason }) => reason === undefined).map(({ node }) => node)
    return { eligible: nodes, ineligible, utilization }
  },
)

const budget = caseRule(
  record('an object', {
    groups: list(
      'a list of groups',
      record('a group', { id: text, target: amount, nodes: texts, zeroOrMaxNodeScaling: flag }),
    ),
    ...{ empty: texts, drain: texts, emptyInProgress: amount, drainInProgress: amount },
    ...{ maxScaleDownParallelism: amount, maxDrainParallelism: amount },
  }),
  (input) => clusterAutoscalerRules.deletionsNow(input.groups, input),
  ({ groups, empty, drain: draining }) => {
    const known = new Set(groups.flatMap(({ nodes }) => nodes))
    return Object.entries({ empty, drain: draining }).flatMap(([field, nodes]) =>
      nodes.flatMap((node, i) =>
        known.has(node)
          ? []
          : [{ at: [field, i], found: renderValue(node), expected: 'a node of one of the groups' }],
      ),
    )
  },
)

/** The rules about the removal of nodes, by the kind of a case. */
export const clusterScaleDownCases: CaseRules = { budget, drain, eligible, removal }
