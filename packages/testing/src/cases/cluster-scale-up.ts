/**
 * Maps each kind of recorded case about scale-up of the Cluster Autoscaler (expander, estimate, a
 * whole scale-up) to the function that computes our output. Field names are those of the recorded
 * cases.
 */
import {
  decodeValue,
  dictionary,
  flag,
  isObject,
  list,
  omittable,
  oneOf,
  optional,
  own,
  record,
  text,
} from '@stowage/documents'
import { getOrThrow, renderValue } from '@stowage/kernel'
import { AutoscaledPod, Node, OccupiedNode, clusterAutoscalerRules } from './cluster-words.js'
import { amount, faultsIn, finite, jsonValue, sortedKeys } from './field.js'
import { priorityTiers } from './priority-tiers.js'
import { caseRule, type CaseRules } from './rule.js'

const { expanderNames } = clusterAutoscalerRules

const copies = list('a list of pods', record('pods', { pod: AutoscaledPod, count: amount }))

const expander = caseRule(
  record('an object', {
    nodeGroups: list(
      'a list of node groups',
      record('a node group', { id: text, exists: flag, node: omittable(Node) }),
    ),
    options: list(
      'a list of options',
      record('an option', { nodeGroup: text, nodes: amount, pods: copies }),
    ),
    chain: list('a list of filters', oneOf(expanderNames)),
    priorities: optional(text),
    prices: optional(
      record('an object', {
        nodePerHour: dictionary(finite),
        ...{ cpuPerHour: finite, gibPerHour: finite, clusterNodes: amount, gpuLabel: text },
      }),
    ),
  }),
  ({ nodeGroups, options, chain, priorities, prices }) => {
    const { filterOptions, chainOptions } = clusterAutoscalerRules
    const world = {
      nodeOf: new Map(
        nodeGroups.flatMap(({ id, node }) => (node === undefined ? [] : [[id, node] as const])),
      ),
      existing: new Set(nodeGroups.filter(({ exists }) => exists).map(({ id }) => id)),
      tiers: priorities === undefined ? undefined : priorityTiers(priorities),
      prices,
    }
    const ids = (left: typeof options): readonly string[] => left.map(({ nodeGroup }) => nodeGroup)
    const names = expanderNames.filter((name) => name !== 'price' || prices !== undefined)
    return {
      ...Object.fromEntries(names.map((name) => [name, ids(filterOptions(name, options, world))])),
      ...(chain.length === 0 ? {} : { chain: ids(chainOptions(chain, options, world)) }),
    }
  },
  ({ nodeGroups, options }) =>
    options.flatMap(({ nodeGroup }, i) =>
      nodeGroups.some(({ id }) => id === nodeGroup)
        ? []
        : [
            {
              at: ['options', i, 'nodeGroup'],
              ...{ found: renderValue(nodeGroup), expected: 'one of the node groups' },
            },
          ],
    ),
)

const groupRoom = record('a node group', { target: amount, max: amount })

const plain = (counts: ReadonlyMap<number, number>): object => Object.fromEntries(counts)

/** The answer is what upstream gives when it takes nodes in order, where it takes any. */
const estimate = caseRule(
  record('an object', {
    ...{ template: OccupiedNode, existing: list('a list of nodes', OccupiedNode), groups: copies },
    ...{ maxNodesPerScaleUp: amount, maxNodesTotal: amount, currentNodes: amount, fastpath: flag },
    ...{ nodeGroup: groupRoom, similarNodeGroups: list('a list of node groups', groupRoom) },
  }),
  (input) => {
    const { nodes, podsByGroup, order, layout, onExisting } =
      clusterAutoscalerRules.estimateNodes(input)
    const inOrder = {
      ...{ nodes, podsByGroup, order },
      ...(input.fastpath ? {} : { layout: layout.map(plain) }),
      ...(onExisting.size === 0
        ? {}
        : {
            onExisting: Object.fromEntries([...onExisting].map(([node, of]) => [node, plain(of)])),
          }),
    }
    return { inOrder }
  },
)

/** Pods that are alike, as they are written. */
interface PendingPods {
  readonly pod: unknown
  readonly count: number
}

/** Groups of equivalent pods; of the pending pods each copy is one. */
const groupsOf = (pending: readonly PendingPods[]) => {
  const pods = pending.map(({ pod }) => getOrThrow(decodeValue(AutoscaledPod, pod)))
  const copiesOf = pending.flatMap(({ pod, count }, at) => {
    const { labels, ownerReferences } = pods[at]!.metadata
    const spec = sortedKeys(isObject(pod) ? own(pod, 'spec') : {}) as object
    return Array.from({ length: count }, (_, i) => ({
      metadata: { name: `${at} ${i}`, labels, ownerReferences },
      spec,
    }))
  })
  return clusterAutoscalerRules.equivalenceGroups(copiesOf).map((names) => {
    const members = names.map((name) => Number(name.split(' ')[0]))
    return { pod: pods[members[0]!]!, count: members.length, members }
  })
}

const scaleUp = caseRule(
  record('an object', {
    groups: list(
      'a list of node groups',
      record('a node group', {
        ...{ id: text, min: amount, max: amount, zeroOrMaxNodeScaling: flag },
        ...{ template: OccupiedNode, nodes: list('a list of nodes', OccupiedNode) },
      }),
    ),
    pending: list('a list of pods', record('pods', { pod: jsonValue, count: amount })),
    options: record('an object', {
      ...{ expander: list('a list of filters', oneOf(expanderNames)), priorities: optional(text) },
      ...{ balanceSimilarNodeGroups: flag, allOrNothing: flag },
      ...{ maxNodesTotal: amount, maxNodesPerScaleUp: amount },
      ...{ maxCoresTotal: amount, maxMemoryTotalBytes: amount },
    }),
  }),
  ({ groups, pending, options }) => {
    const { priorities } = options
    const tiers = priorities === undefined ? undefined : priorityTiers(priorities)
    const equivalent = groupsOf(pending)
    const found = clusterAutoscalerRules.planScaleUp(groups, equivalent, { ...options, tiers })
    /** By position in `pending`, how many pods are among the first so many of each group. */
    const byPending = (countOf: (group: number) => number): readonly number[] => {
      const counts = pending.map(() => 0)
      for (const [group, { members }] of equivalent.entries())
        for (const member of members.slice(0, countOf(group))) counts[member]!++
      return counts
    }
    const all = (isOne: readonly boolean[]) => (group: number) => (isOne[group]! ? Infinity : 0)
    const { chosen, best } = found
    const isSuccess = chosen !== undefined && found.resized.length > 0
    const remaining = byPending(all(found.isRemaining))
    return {
      result: isSuccess ? 'ScaleUpSuccessful' : 'ScaleUpNoOptionsAvailable',
      options: found.options.map(({ nodeGroup, nodes, podsByGroup, similar }) => ({
        ...{ nodeGroup, nodes, similar },
        podsByPending: byPending((group) => podsByGroup[group]!),
      })),
      tied: best.length > 1 ? best.map(({ nodeGroup }) => nodeGroup) : [],
      chosen: chosen?.nodeGroup ?? '',
      resized: found.resized,
      triggered: byPending((group) => (isSuccess ? chosen.podsByGroup[group]! : 0)),
      remaining,
      awaiting: byPending(all(found.isAwaiting)),
      skippedNodeGroups: remaining.some((count) => count > 0) ? found.skipped : [],
    }
  },
  ({ pending }) =>
    pending.flatMap(({ pod }, i) => faultsIn(AutoscaledPod, ['pending', i, 'pod'], pod)),
)

/** The rules about new nodes, by the kind of a case. */
export const clusterScaleUpCases: CaseRules = {
  estimate,
  estimateUnstable: estimate,
  expander,
  scaleUp,
}
