/**
 * Defines the types of the supply (the NodePools and node groups, and the kinds of nodes that they
 * can open) and of the plans that are made from it. Three planners, called minds, read the supply:
 * Karpenter, the Cluster Autoscaler and our own search. Prices are integers per hour, in
 * millionths of the currency, such as 96,000 for 0.096 dollars.
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import type { HeldPods } from '../plan/plan.js'
import type { NodeSupply } from '../plan/provision.js'
import type { Taint } from '../words/taint.js'
import type { KubeletSettings } from './node-class.js'

/** The minds, in the order in which answers show them. */
export const supplyMinds = ['karpenter', 'cluster-autoscaler', 'best'] as const
/** Who decides which nodes to open: Karpenter, the Cluster Autoscaler, or our own search. */
export type SupplyMind = (typeof supplyMinds)[number]

/** What can be bought: a machine type in a zone, and what one costs. */
export interface MarketOffering {
  readonly type: Ec2InstanceType
  readonly zone: string
  readonly capacityType: 'on-demand' | 'spot'
  readonly price: number
}

/** A node as a NodePool or a node group would open it. */
export interface SupplyOffer extends MarketOffering {
  /** Its NodePool or its node group; absent for a machine of neither. */
  readonly owner?: { readonly kind: 'NodePool' | 'group'; readonly name: string }
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly Taint[]
  /** Absent: as an EKS node is by default. */
  readonly kubelet?: KubeletSettings
  /** So many can be opened; any number when absent. */
  readonly countMax?: number
}

/** A node group, whose nodes are alike. */
export interface NodeGroup {
  readonly name: string
  readonly type: Ec2InstanceType
  /** At least one; new nodes are planned in the first, as the Cluster Autoscaler does. */
  readonly zones: readonly string[]
  readonly capacityType: MarketOffering['capacityType']
  readonly min: number
  readonly max: number
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly Taint[]
}

/** A plan of a mind, in which offers are named by position. */
export interface MindSupply extends NodeSupply {
  readonly mind: SupplyMind
  readonly offers: readonly SupplyOffer[]
  /** By node, what a mind may launch in its place: names of types, the cheapest first. */
  readonly options: readonly (readonly string[])[]
  /** Pods that a mind leaves to nodes that are there. */
  readonly existing: readonly { readonly node: string; readonly pods: readonly string[] }[]
  /** Pods that no scheduler looks at, which no node helps. */
  readonly held: readonly HeldPods[]
  /** Why pods have no place, in the words of the mind. */
  readonly refusals: readonly { readonly text: string; readonly pods: readonly string[] }[]
  /** Pods that the mind counts as placed, and that the scheduler would refuse there. */
  readonly misplaced: readonly {
    readonly node: string
    readonly text: string
    readonly pods: readonly string[]
  }[]
}
