/**
 * Plans new nodes for waiting pods as the Cluster Autoscaler does. It repeats these steps until no
 * pod waits or no more nodes help:
 * 1. A scale-up chooses a node group and how many of its nodes to open.
 * 2. The new nodes join the cluster.
 * 3. The scheduler places waiting pods on all nodes, as far as they fit.
 */
import { nodeName, place, type Draft, type NodeId, type Offering } from '@stowage/kernel'
import { equivalenceGroups } from '../cluster-autoscaler/equivalence.js'
import type { ExpanderName } from '../cluster-autoscaler/expander.js'
import type { Prices, PriorityTiers } from '../cluster-autoscaler/expansion.js'
import {
  planScaleUp,
  type PendingGroup,
  type ScalableGroup,
  type ScaleUpOptions,
} from '../cluster-autoscaler/scale-up.js'
import type { AutoscaledPod, OccupiedNode } from '../cluster-autoscaler/words.js'
import type { KarpenterPod } from '../node-pool/words.js'
import { openNodes } from '../release/open-supply.js'
import type { KubernetesInput } from '../read/input.js'
import type { Node } from '../words/node.js'
import type { MindPlan } from './mind-plan.js'
import { groupOfNode } from './group-supply.js'
import type { NodeGroup } from './terms.js'
import type { ScheduledPods, UnplacedPod } from './waiting.js'

/** Flags of the Cluster Autoscaler. */
export interface AutoscalerFlags {
  readonly expander: readonly ExpanderName[]
  readonly tiers: PriorityTiers | undefined
  readonly balanceSimilarNodeGroups: boolean
}

/** What a scale-up starts from; groups, offers and templates have the same positions. */
export interface GroupBench {
  readonly draft: Draft
  readonly input: KubernetesInput
  readonly pods: ScheduledPods
  readonly groups: readonly NodeGroup[]
  /** The position of the offer of each group. */
  readonly offerOf: readonly number[]
  readonly offerings: readonly Offering[]
  readonly templates: readonly OccupiedNode[]
  /** The nodes that are there, without probes. */
  readonly nodes: readonly Node[]
  /** By the names of nodes and templates, in whole currency. */
  readonly nodePrices: ReadonlyMap<string, number>
  readonly flags: AutoscalerFlags
}

/** What is opened for the pods that wait. The draft is left with the nodes and their pods. */
export const planAsAutoscaler = (bench: GroupBench): MindPlan => {
  const state: ScalingState = {
    ...{ bench, opened: [], placedOn: new Map() },
    waiting: bench.pods.waiting,
  }
  const texts = new Map<UnplacedPod, string>()
  while (state.waiting.length > 0) {
    const found = scaleUpOnce(state, texts)
    if (found === 0) break
  }
  return planOf(state, texts)
}

interface OpenedGroupNode {
  readonly group: number
  readonly id: NodeId
  readonly node: Node
}

interface ScalingState {
  readonly bench: GroupBench
  readonly opened: OpenedGroupNode[]
  readonly placedOn: Map<UnplacedPod, NodeId>
  waiting: readonly UnplacedPod[]
}

/** How many pods found a place by one loop. */
const scaleUpOnce = (state: ScalingState, texts: Map<UnplacedPod, string>): number => {
  const { bench, waiting } = state
  const pending = pendingGroups(waiting)
  const found = planScaleUp(scalableGroups(state), pending, scaleUpFlags(state))
  for (const [at, { members }] of pending.entries()) {
    const text = found.isRemaining[at]! ? noGroupText : waitingText
    for (const member of members) texts.set(waiting[member]!, text)
  }
  for (const { id, from, to } of found.resized) {
    const group = bench.groups.findIndex(({ name }) => name === id)
    for (let i = from; i < to; i++) openOne(state, group)
  }
  return found.resized.length === 0 ? 0 : scheduleWaiting(state)
}

const noGroupText = 'no node group takes the pod'
const waitingText = 'node groups that take the pod have no room for more nodes'

const openOne = ({ bench, opened }: ScalingState, group: number): void => {
  const { draft, offerOf, offerings, templates } = bench
  const [id] = openNodes(draft, [offerings[offerOf[group]!]!])
  const name = nodeName(draft, id!)
  const { node } = templates[group]!
  const labels = new Map([...node.metadata.labels, ['kubernetes.io/hostname', name]])
  opened.push({ group, id: id!, node: { ...node, metadata: { ...node.metadata, name, labels } } })
}

/** The scheduler places pods, by priority and then in order, on whichever nodes it likes best. */
const scheduleWaiting = (state: ScalingState): number => {
  const { draft, pods } = state.bench
  let left = state.waiting
  for (let before = -1; before !== left.length && left.length > 0; ) {
    before = left.length
    left = left.filter((one) => {
      const request = { class: pods.lacking[one.request]!.lowered.class, count: 1 }
      const [placement] = place(draft, [request]).answers[0]!.placed
      if (placement !== undefined) state.placedOn.set(one, placement.node)
      return placement === undefined
    })
  }
  const count = state.waiting.length - left.length
  state.waiting = left
  return count
}

/** Pods that are alike, as the Cluster Autoscaler sees it, with their positions. */
const pendingGroups = (waiting: readonly UnplacedPod[]): readonly PendingGroup[] => {
  const named = waiting.map(({ pod: { metadata }, request }, at) => ({
    metadata: {
      ...{ name: String(at), labels: metadata.labels },
      ownerReferences: metadata.ownerReferences.map((owner) => ({
        ...owner,
        uid: owner.uid ?? `${owner.kind} ${metadata.namespace}/${owner.name}`,
      })),
    },
    spec: { request },
  }))
  return equivalenceGroups(named).map((names) => {
    const members = names.map(Number)
    return { pod: autoscaledPod(waiting[members[0]!]!.pod), count: members.length, members }
  })
}

/** The pod as the Cluster Autoscaler reads it. */
export const autoscaledPod = ({ metadata, spec, status }: KarpenterPod): AutoscaledPod => ({
  metadata,
  spec: { ...spec, restartPolicy: undefined, terminationGracePeriodSeconds: undefined },
  status: { phase: status?.phase },
})

/** The groups with their nodes; nodes of no group are in one that may not grow. */
const scalableGroups = ({ bench, opened, placedOn }: ScalingState): readonly ScalableGroup[] => {
  const { groups, templates, nodes, pods } = bench
  const podsOf = new Map<string, AutoscaledPod[]>()
  for (const pod of pods.bound) addTo(podsOf, pod.spec.nodeName ?? '', autoscaledPod(pod))
  const podsOn = new Map<NodeId, AutoscaledPod[]>()
  for (const [{ pod }, id] of placedOn) addTo(podsOn, id, autoscaledPod(pod))
  const there = nodes.map((node) => ({
    ...{ node, group: groupOfNode(node, groups) },
    pods: podsOf.get(node.metadata.name) ?? [],
  }))
  const ofNone = there.filter(({ group }) => group === undefined)
  return [
    ...groups.map((group, at) => ({
      ...{ id: group.name, min: group.min, max: group.max, zeroOrMaxNodeScaling: false },
      template: templates[at]!,
      nodes: [
        ...there.filter((one) => one.group === group),
        ...opened
          .filter((one) => one.group === at)
          .map(({ id, node }) => ({
            node,
            pods: [...templates[at]!.pods, ...(podsOn.get(id) ?? [])],
          })),
      ],
    })),
    ...(ofNone.length === 0
      ? []
      : [
          {
            ...{ id: '', min: 0, max: ofNone.length, zeroOrMaxNodeScaling: false },
            ...{ template: ofNone[0]!, nodes: ofNone },
          },
        ]),
  ]
}

const addTo = <Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

/**
 * What the expander `price` takes a vCPU and a GiB to be worth an hour, in US dollars: the prices
 * of Google's cloud, the one for which it has such prices built in.
 */
const partPrices: Omit<Prices, 'nodePerHour' | 'clusterNodes'> = {
  ...{ cpuPerHour: 0.033174, gibPerHour: 0.004446, gpuLabel: 'k8s.amazonaws.com/accelerator' },
}

/** The default of `--max-nodes-per-scaleup`. */
const nodesPerScaleUpMax = 1000

const scaleUpFlags = ({ bench, opened }: ScalingState): ScaleUpOptions => {
  const { flags, nodes, nodePrices, input } = bench
  return {
    ...{ expander: flags.expander, tiers: flags.tiers, allOrNothing: false },
    ...{ balanceSimilarNodeGroups: flags.balanceSimilarNodeGroups, comparator: 'aws' },
    ...{ maxNodesPerScaleUp: nodesPerScaleUpMax, maxNodesTotal: 0 },
    ...{ maxCoresTotal: Infinity, maxMemoryTotalBytes: Infinity },
    prices: {
      ...{ ...partPrices, nodePerHour: nodePrices },
      clusterNodes: nodes.length + opened.length,
    },
    objects: input.around,
  }
}

const planOf = (
  { bench, opened, placedOn, waiting }: ScalingState,
  texts: ReadonlyMap<UnplacedPod, string>,
): MindPlan => {
  const podsOn = new Map<NodeId, UnplacedPod[]>()
  for (const [pod, id] of placedOn) addTo(podsOn, id, pod)
  const own = new Set(opened.map(({ id }) => id))
  return {
    nodes: opened.map(({ group, id }) => ({
      ...{ offer: bench.offerOf[group]!, options: [], pods: podsOn.get(id) ?? [] },
    })),
    existing: [...podsOn]
      .filter(([id]) => !own.has(id))
      .map(([id, pods]) => ({ node: nodeName(bench.draft, id), pods })),
    order: [...placedOn.keys()],
    refused: waiting.map((pod) => ({ pod, text: texts.get(pod) ?? noGroupText })),
  }
}
