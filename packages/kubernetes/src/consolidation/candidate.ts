/**
 * Finds the candidate nodes of consolidation, and sorts them by price per disruption cost. A
 * candidate is an initialized node of a NodePool that no annotation, pod or PodDisruptionBudget
 * protects from disruption.
 *
 * Source: Karpenter documentation, "Disruption", and recorded answers of Karpenter 1.15.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { InstanceType } from '../node-pool/instance-type.js'
import { evictionCost, isDisruptable, isDaemonPod, isReschedulable } from '../karpenter/pod.js'
import { typeOfNode } from '../karpenter/simulated-nodes.js'
import { sortUnstable } from '../node-pool/sort.js'
import type { NodeState } from '../karpenter/state.js'
import {
  capacityTypeKey,
  nodePoolKey,
  registeredKey,
  zoneLabelKey,
} from '../node-pool/well-known.js'
import { podsHolding, podsOnNode, type KarpenterWorld } from '../karpenter/world.js'
import type { KarpenterPod, NodePool } from '../node-pool/words.js'
import { isHeldBack } from './eviction-limit.js'

/** A node that may be disrupted. */
export interface DisruptionCandidate {
  readonly node: NodeState
  readonly pool: NodePool
  /** `undefined` when the pool does not know the type of the node. */
  readonly type: InstanceType | undefined
  readonly capacityType: string | undefined
  /** Pods that need another node when this one goes. */
  readonly pods: readonly KarpenterPod[]
  /** 0 where it is not known. */
  readonly price: number
  /** 1, and what it costs to evict its pods. */
  readonly disruptionCost: number
}

/** All nodes that may be disrupted. */
export const disruptionCandidates = (world: KarpenterWorld): readonly DisruptionCandidate[] =>
  world.nodes.flatMap((node) => candidateOf(world, node) ?? [])

const candidateOf = (world: KarpenterWorld, node: NodeState): DisruptionCandidate | undefined => {
  const { labels, isManaged, isInitialized } = node
  if (!isManaged || !isInitialized || labels.get(registeredKey) !== 'true') return undefined
  if (node.isProtected) return undefined
  const pool = world.pools.find(({ metadata }) => metadata.name === labels.get(nodePoolKey))
  if (pool === undefined || (world.typesOf.get(pool.metadata.name) ?? []).length === 0)
    return undefined
  const there = podsOnNode(world, node.name)
  if (there.some((pod) => !isDisruptable(pod, world.now) || isHeldBack(pod, world)))
    return undefined
  const pods = there.filter(isReschedulable)
  const type = typeOfNode(world, node)
  return {
    ...{ node, pool, type, pods, capacityType: labels.get(capacityTypeKey) },
    price: type === undefined ? 0 : (nodePrice(type, node) ?? 0),
    disruptionCost: costOf(pods),
  }
}

const costOf = (pods: readonly KarpenterPod[]): number =>
  pods.reduce((sum, pod) => sum + Math.max(0, evictionCost(pod)), 1)

/** What the disruption of any node costs, also of one that is no candidate. */
export const nodeCost = (world: KarpenterWorld, node: NodeState): number =>
  costOf(podsHolding(world, node.name).filter((pod) => !isDaemonPod(pod)))

const nodePrice = ({ offerings }: InstanceType, { labels }: NodeState): number | undefined =>
  offerings.find(
    ({ zone, capacityType }) =>
      zone === labels.get(zoneLabelKey) && capacityType === labels.get(capacityTypeKey),
  )?.price

/** Whether no pod of the node is worth anything. */
export const isEmptyCandidate = ({ disruptionCost }: DisruptionCandidate): boolean =>
  disruptionCost <= 1

/** Candidates by what they save for what they cost, the best first. */
export const candidatesInOrder = (
  candidates: readonly DisruptionCandidate[],
): readonly DisruptionCandidate[] =>
  sortUnstable(
    [...candidates].sort((one, other) => byCodeUnit(one.node.name, other.node.name)),
    (one, other) => one.price / one.disruptionCost > other.price / other.disruptionCost,
  )
