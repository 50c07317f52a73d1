/**
 * Plans one scale-up of the Cluster Autoscaler for groups of equivalent pending pods:
 * 1. Each node group that may grow yields an option: a number of new nodes, and the pods that they
 *    serve.
 * 2. The expander chooses one option.
 * 3. The number of nodes is cut to the limits and split over similar node groups.
 */
import { balanceGroups, type ResizedGroup } from './balance.js'
import { estimateNodes } from './estimate.js'
import { chainOptions, type ExpanderName } from './expander.js'
import type { ObjectSurroundings } from '../surroundings/surroundings.js'
import type { ExpansionOption, PodCopies, PriorityTiers, Prices } from './expansion.js'
import { takersOf } from './pod-groups.js'
import { clusterQuota, nodesWithin, type ClusterQuota, type QuotaOptions } from './quota.js'
import { areSimilar, type SimilarityOptions } from './similar.js'
import { isDaemon, isMirrorPod } from './pod-state.js'
import type { AutoscaledPod, OccupiedNode } from './words.js'

/** A node group; its target is the number of its nodes. */
export interface ScalableGroup {
  readonly id: string
  readonly min: number
  readonly max: number
  readonly template: OccupiedNode
  readonly nodes: readonly OccupiedNode[]
  readonly zeroOrMaxNodeScaling: boolean
}

/** Flags of a scale-up. */
export interface ScaleUpOptions extends QuotaOptions {
  readonly expander: readonly ExpanderName[]
  readonly tiers: PriorityTiers | undefined
  readonly balanceSimilarNodeGroups: boolean
  readonly maxNodesPerScaleUp: number
  readonly allOrNothing: boolean
  /** Whose labels groups that are similar may differ in; default: `generic`. */
  readonly comparator?: SimilarityOptions['comparator']
  /** For the expander `price`; without them it filters nothing. */
  readonly prices?: Prices | undefined
  /** What there is beside nodes and pods; nothing when absent. */
  readonly objects?: ObjectSurroundings | undefined
}

/** Equivalent pods, with the positions of the pending pods among which they are. */
export interface PendingGroup extends PodCopies {
  readonly members: readonly number[]
}

/** An option, how many pods of each group it serves, and groups that would share its nodes. */
export interface ScaleUpOption extends ExpansionOption {
  readonly podsByGroup: readonly number[]
  readonly similar: readonly string[]
}

/** What a scale-up does. */
export interface ScaleUp {
  readonly options: readonly ScaleUpOption[]
  /** What the expander left; upstream draws lots among several. */
  readonly best: readonly ScaleUpOption[]
  readonly chosen: ScaleUpOption | undefined
  readonly resized: readonly ResizedGroup[]
  /** By group of pods, whether no node group takes them. */
  readonly isRemaining: readonly boolean[]
  /** By group of pods, whether another node group than the chosen one takes them. */
  readonly isAwaiting: readonly boolean[]
  /** Node groups that were not looked at, being at their maximum or beyond a quota. */
  readonly skipped: readonly string[]
}

/**
 * Plans a scale-up for pending pods.
 *
 * Where the Cluster Autoscaler chooses an option at random, the first is taken.
 */
export const planScaleUp = (
  groups: readonly ScalableGroup[],
  pending: readonly PendingGroup[],
  flags: ScaleUpOptions,
): ScaleUp => {
  const nodes = groups.flatMap((group) => group.nodes)
  const templates = new Map(groups.map((group) => [group.id, groupTemplate(group)]))
  const quota = clusterQuota(nodes, flags)
  const open = groups.filter((group) => {
    const count = group.zeroOrMaxNodeScaling ? group.max - group.nodes.length : 1
    const { node } = templates.get(group.id)!
    return group.nodes.length < group.max && nodesWithin(quota, node, count) === count
  })
  const takers = takersOf(
    open.map(({ id }) => templates.get(id)!),
    nodes,
    pending,
    flags.objects,
  )
  const world: ScaleUpWorld = { open, templates, nodes, pending, takers, flags }
  const pods = pending.reduce((sum, { count }) => sum + count, 0)
  const options = open
    .map((_, at) => optionOf(world, at))
    .filter(
      (option) =>
        option.nodes > 0 &&
        podsServed(option) > 0 &&
        (!flags.allOrNothing || podsServed(option) === pods),
    )
  const best = chainOptions(flags.expander, options, {
    nodeOf: new Map([...templates].map(([id, { node }]) => [id, node])),
    existing: new Set(templates.keys()),
    tiers: flags.tiers,
    prices: flags.prices,
  }) as readonly ScaleUpOption[]
  const [chosen] = best
  const at = open.findIndex(({ id }) => id === chosen?.nodeGroup)
  const openIds = new Set(open.map(({ id }) => id))
  return {
    ...{ options, best, chosen },
    resized: chosen === undefined ? [] : growGroups(world, at, chosen, quota),
    isRemaining: pending.map((_, group) => takers.every((takes) => !takes[group]!)),
    isAwaiting: pending.map(
      (_, group) => at >= 0 && !takers[at]![group]! && takers.some((takes) => takes[group]!),
    ),
    skipped: groups.map(({ id }) => id).filter((id) => !openIds.has(id)),
  }
}

interface ScaleUpWorld {
  readonly open: readonly ScalableGroup[]
  readonly templates: ReadonlyMap<string, OccupiedNode>
  readonly nodes: readonly OccupiedNode[]
  readonly pending: readonly PendingGroup[]
  /** By open group and by group of pods, whether an empty new node takes one. */
  readonly takers: readonly (readonly boolean[])[]
  readonly flags: ScaleUpOptions
}

const podsServed = ({ podsByGroup }: ScaleUpOption): number =>
  podsByGroup.reduce((sum, count) => sum + count, 0)

/** Of a group with nodes the first of them, without the pods that a new one would not have. */
const groupTemplate = ({ nodes, template }: ScalableGroup): OccupiedNode => {
  const [first] = nodes
  if (first === undefined) return template
  const isOfNode = (pod: AutoscaledPod): boolean => isDaemon(pod) || isMirrorPod(pod)
  return { node: first.node, pods: first.pods.filter(isOfNode) }
}

const roomOf = ({ nodes, max }: ScalableGroup) => ({ target: nodes.length, max })

const optionOf = (world: ScaleUpWorld, at: number): ScaleUpOption => {
  const { open, templates, nodes, pending, takers, flags } = world
  const group = open[at]!
  const positions = [...pending.keys()].filter((position) => takers[at]![position]!)
  const similar = similarTo(world, at)
  const found = estimateNodes({
    ...{ template: templates.get(group.id)!, existing: nodes, fastpath: false },
    groups: positions.map((position) => pending[position]!),
    ...{ maxNodesPerScaleUp: flags.maxNodesPerScaleUp, maxNodesTotal: flags.maxNodesTotal },
    ...{ currentNodes: nodes.length, nodeGroup: roomOf(group) },
    similarNodeGroups: similar.map(roomOf),
    objects: flags.objects,
  })
  const counts = new Map(positions.map((position, i) => [position, found.podsByGroup[i]!]))
  const podsByGroup = pending.map((_, position) => counts.get(position) ?? 0)
  const isWhole = group.zeroOrMaxNodeScaling && found.nodes > 0
  return {
    ...{ nodeGroup: group.id, podsByGroup, similar: similar.map(({ id }) => id) },
    nodes: isWhole ? group.max : found.nodes,
    pods: pending.map(({ pod }, position) => ({ pod, count: podsByGroup[position]! })),
  }
}

/** Default ratios of similarity. */
const ratios = { allocatable: 0.05, free: 0.05, capacityMemory: 0.015 }

/** Open groups with nodes like those of this one, which take the same pods. */
const similarTo = (
  { open, templates, takers, flags }: ScaleUpWorld,
  at: number,
): readonly ScalableGroup[] => {
  const own = open[at]!
  if (!flags.balanceSimilarNodeGroups || own.zeroOrMaxNodeScaling) return []
  return open.filter(
    ({ id }, other) =>
      other !== at &&
      takers[at]!.every((takes, position) => !takes || takers[other]![position]!) &&
      areSimilar(templates.get(own.id)!, templates.get(id)!, {
        ...{
          comparator: flags.comparator ?? 'generic',
          ratios,
          ignoredLabels: [],
          balancingLabels: [],
        },
      }),
  )
}

/** The quotas as if all nodes were of the chosen group, the split, and what each group may grow. */
const growGroups = (
  { open, templates }: ScaleUpWorld,
  at: number,
  { nodes: nodeCount, similar }: ScaleUpOption,
  quota: readonly ClusterQuota[],
): readonly ResizedGroup[] => {
  const own = open[at]!
  const growing = [own, ...open.filter(({ id }) => similar.includes(id))]
  const split = balanceGroups(
    growing.map((group) => ({ id: group.id, ...roomOf(group) })),
    nodesWithin(quota, templates.get(own.id)!.node, nodeCount),
  )
  let left = quota
  return split.flatMap(({ id, from, to }) => {
    const { node } = templates.get(id)!
    const count = nodesWithin(left, node, to - from)
    left = left.map((one) => ({ ...one, left: one.left - one.of(node) * count }))
    return count === 0 ? [] : [{ id, from, to: from + count }]
  })
}
