/**
 * Estimates how many new nodes the pending pods need, if all new nodes are made from one template.
 * It packs the pods by first-fit decreasing, as the Cluster Autoscaler does. Groups of equal pods
 * come in decreasing order of the share of a node that one pod requests. Of each group,
 * 1. as many pods as fit are placed on the new nodes that were opened for earlier groups;
 * 2. each further pod is placed on the node that was opened last, or else on one more new node, as
 *    far as the limits allow.
 */
import { allowIndexes, batch, empty, explain, type NodeId } from '@stowage/kernel'
import { podRequests } from '../demand/requests.js'
import { pluginOf } from '../plugin/reason.js'
import type { ObjectSurroundings } from '../surroundings/surroundings.js'
import type { Node } from '../words/node.js'
import type { PodAffinityTerm } from '../words/pod-affinity.js'
import { milliOf, wholeOf, zero } from '../words/quantity.js'
import type { PodCopies } from './expansion.js'
import {
  addNode,
  podClass,
  hostnameKey,
  newNode,
  openSnapshot,
  placeOn,
  type Snapshot,
} from './snapshot.js'
import type { AutoscaledPod, OccupiedNode } from './words.js'

/** Sizes of a node group. */
export interface GroupRoom {
  readonly target: number
  readonly max: number
}

/** What is estimated, and its limits; a limit of 0 is none. */
export interface EstimateInput {
  /** What a new node looks like, with the pods that it holds from the start. */
  readonly template: OccupiedNode
  readonly existing: readonly OccupiedNode[]
  /** Pods that are alike; of each group the first stands for all. */
  readonly groups: readonly PodCopies[]
  readonly maxNodesPerScaleUp: number
  readonly maxNodesTotal: number
  readonly currentNodes: number
  readonly nodeGroup: GroupRoom
  readonly similarNodeGroups: readonly GroupRoom[]
  /** Whether the group with the most pods is packed on one node, and the rest is divided. */
  readonly fastpath: boolean
  /** What there is beside nodes and pods; nothing when absent. */
  readonly objects?: ObjectSurroundings | undefined
}

/** What fits where. */
export interface Estimate {
  /** Nodes with at least one of the pods. */
  readonly nodes: number
  readonly podsByGroup: readonly number[]
  /** The positions of the groups in the order of what their pods need. */
  readonly order: readonly number[]
  /** By new node, how many pods of which group it has. */
  readonly layout: readonly ReadonlyMap<number, number>[]
  /** By the name of a node that was there before, how many pods of which group it got. */
  readonly onExisting: ReadonlyMap<string, ReadonlyMap<number, number>>
}

/** The estimate of one node group. */
export const estimateNodes = (input: EstimateInput): Estimate =>
  batch(allowIndexes(empty), (draft) => {
    const { template, existing, groups } = input
    const pods = [template, ...existing].flatMap((node) => node.pods)
    const all = [...pods, ...groups.map(({ pod }) => pod)]
    const snapshot = openSnapshot(draft, all, input.objects)
    const packing: EstimatePacking = {
      ...{ snapshot, template, left: nodesMax(input), opened: [] },
      existing: existing.map((node) => addNode(snapshot, node)),
      places: new Map(),
    }
    const shares = shareSums(input)
    const order = [...groups.keys()].sort((one, other) => shares[other]! - shares[one]!)
    const fast = input.fastpath ? fastGroup(input, order) : undefined
    const turns = fast === undefined ? order : [...order.filter((at) => at !== fast), fast]
    const counts = new Map(
      turns.map((at) => [at, packGroup(packing, groups[at]!, at, at === fast)] as const),
    )
    return estimateOf(input, packing, order, counts)
  })[1]

interface EstimatePacking {
  readonly snapshot: Snapshot
  readonly template: OccupiedNode
  readonly existing: readonly NodeId[]
  readonly opened: NodeId[]
  /** How many more nodes may be opened. */
  left: number
  /** By node, how many pods of which group. */
  readonly places: Map<NodeId, Map<number, number>>
}

const estimateOf = (
  { existing: nodesBefore }: EstimateInput,
  { existing, opened, places }: EstimatePacking,
  order: readonly number[],
  counts: ReadonlyMap<number, { readonly pods: number; readonly nodes: number }>,
): Estimate => {
  const divided = [...counts.values()].reduce((sum, { nodes }) => sum + nodes, 0)
  return {
    nodes: places.size + divided,
    podsByGroup: order.map((_, at) => counts.get(at)!.pods),
    order,
    layout: opened.flatMap((node) => places.get(node) ?? []),
    onExisting: new Map(
      existing.flatMap((id, at) => {
        const groups = places.get(id)
        return groups === undefined ? [] : [[nodesBefore[at]!.node.metadata.name, groups]]
      }),
    ),
  }
}

/** The least of the limits that there are. */
const nodesMax = ({
  maxNodesPerScaleUp,
  maxNodesTotal,
  currentNodes,
  nodeGroup,
  similarNodeGroups,
}: EstimateInput): number => {
  const room = [nodeGroup, ...similarNodeGroups].reduce(
    (sum, { target, max }) => sum + Math.max(0, max - target),
    0,
  )
  const orNone = (limit: number): number => (limit === 0 ? Infinity : limit)
  const ofCluster = maxNodesTotal === 0 ? Infinity : Math.max(0, maxNodesTotal - currentNodes)
  return Math.min(orNone(maxNodesPerScaleUp), ofCluster, room)
}

/** By group, the sum of the shares of the template's CPU and memory that a pod requests. */
const shareSums = ({ groups, template }: EstimateInput): readonly number[] => {
  const { status } = template.node
  return groups.map(({ pod }) => {
    const requests = podRequests(pod.spec)
    const share = (resource: string, inUnits: typeof milliOf): number => {
      const allocatable = inUnits(status?.allocatable.get(resource)?.quantity ?? zero)
      return allocatable > 0 ? inUnits(requests.get(resource) ?? zero) / allocatable : 0
    }
    return share('cpu', milliOf) + share('memory', wholeOf)
  })
}

/**
 * The group that saves most by being packed on one node alone: that with the most pods beyond one
 * node, of those whose pods do not depend on each other beyond it; of equal ones the last in the
 * order.
 */
const fastGroup = (
  { groups, template }: EstimateInput,
  order: readonly number[],
): number | undefined => {
  const saved = (at: number): number =>
    groups[at]!.count - perNodeMax(groups[at]!.pod, template.node)
  return order
    .filter((at) => !isSpread(groups[at]!.pod))
    .reduce<
      number | undefined
    >((best, at) => (best === undefined || saved(at) >= saved(best) ? at : best), undefined)
}

/** How many an empty node takes by CPU, memory and rules over hostnames; ports do not count. */
const perNodeMax = ({ spec }: AutoscaledPod, { status }: Node): number => {
  const requests = podRequests(spec)
  const byResources = ['cpu', 'memory'].flatMap((resource) => {
    const request = requests.get(resource) ?? zero
    const allocatable = status?.allocatable.get(resource)?.quantity ?? zero
    return request === zero ? [] : [Number(allocatable / request)]
  })
  const bySkew = spec.topologySpreadConstraints.map(({ maxSkew }) => maxSkew)
  const alone = antiAffinityOf(spec).map(() => 1)
  return [...byResources, ...bySkew, ...alone].reduce(
    (least, one) => Math.min(least, one),
    Infinity,
  )
}

const isSpread = ({ spec }: AutoscaledPod): boolean =>
  spec.topologySpreadConstraints.some(({ topologyKey }) => topologyKey !== hostnameKey) ||
  antiAffinityOf(spec).some(({ topologyKey }) => topologyKey !== hostnameKey)

const antiAffinityOf = ({ affinity }: AutoscaledPod['spec']): readonly PodAffinityTerm[] =>
  affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []

/**
 * How many pods of the group find a place, and how many nodes were counted without being open.
 *
 * Where the Cluster Autoscaler takes any node that fits, the first is taken: existing nodes in the
 * order of the input, then new nodes in the order in which they were opened.
 */
const packGroup = (
  packing: EstimatePacking,
  { pod, count }: PodCopies,
  at: number,
  isFast: boolean,
): { readonly pods: number; readonly nodes: number } => {
  const place = (nodes: readonly NodeId[]): boolean => {
    const node = placeOn(packing.snapshot, pod, nodes)
    if (node === undefined) return false
    const groups = packing.places.get(node) ?? new Map<number, number>()
    packing.places.set(node, groups.set(at, (groups.get(at) ?? 0) + 1))
    return true
  }
  const onOpened = times(count, () => place(packing.opened))
  const left = count - onOpened
  if (isFast && left > 0) {
    const divided = packFast(packing, left, place)
    return { ...divided, pods: onOpened + divided.pods }
  }
  const onNew = times(left, () => placeOnLast(packing, pod, place) || placeOnNew(packing, place))
  return { pods: onOpened + onNew, nodes: 0 }
}

/** How often it succeeds in a row, at most so often. */
const times = (max: number, succeeds: () => boolean): number => {
  let done = 0
  for (; done < max; done++) if (!succeeds()) break
  return done
}

/** Fills one node, and counts as many more as the rest needs. */
const packFast = (
  packing: EstimatePacking,
  count: number,
  place: (nodes: readonly NodeId[]) => boolean,
): { readonly pods: number; readonly nodes: number } => {
  const perNode = openNode(packing) ? times(count, () => place(packing.opened.slice(-1))) : 0
  if (perNode === 0) return { pods: 0, nodes: 0 }
  const nodes = Math.min(Math.ceil((count - perNode) / perNode), packing.left)
  packing.left -= nodes
  return { pods: Math.min(count, perNode + nodes * perNode), nodes }
}

/**
 * On the last node. When it refuses the pod for being spread over hostnames, any other node may
 * take it, also one that was there before the estimate.
 */
const placeOnLast = (
  packing: EstimatePacking,
  pod: AutoscaledPod,
  place: (nodes: readonly NodeId[]) => boolean,
): boolean => {
  const last = packing.opened.at(-1)
  if (last === undefined) return false
  if (place([last])) return true
  const byHostname = pod.spec.topologySpreadConstraints.some(
    ({ topologyKey }) => topologyKey === hostnameKey,
  )
  if (!byHostname || !isRefusedBySpread(packing.snapshot, pod, last)) return false
  const others = packing.opened.slice(0, -1)
  return packing.existing.some((node) => place([node])) || place(others)
}

const isRefusedBySpread = (snapshot: Snapshot, pod: AutoscaledPod, node: NodeId): boolean => {
  const { nodes } = explain(snapshot.draft, { class: podClass(snapshot, pod), only: [node] })
  return nodes[0]?.first?.plugin === pluginOf('PodTopologySpread')
}

/** An empty last node would be followed by one that refuses the pod as well. */
const placeOnNew = (
  packing: EstimatePacking,
  place: (nodes: readonly NodeId[]) => boolean,
): boolean => {
  const last = packing.opened.at(-1)
  if (last !== undefined && !packing.places.has(last)) return false
  return openNode(packing) && place(packing.opened.slice(-1))
}

/** Opens one more node, unless a limit forbids it. */
const openNode = (packing: EstimatePacking): boolean => {
  if (packing.left < 1) return false
  packing.left--
  const { snapshot, template, opened } = packing
  opened.push(addNode(snapshot, newNode(snapshot, template, opened.length)))
  return true
}
