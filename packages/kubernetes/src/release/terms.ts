/**
 * Defines the types of the input and the result of a release (the removal of nodes from a cluster):
 * which nodes can be removed, which new nodes are opened in their place, and why each other node
 * stays. Prices are whole numbers of the smallest unit of money that matters, per hour.
 */
import type { SupplyOptions, WordedPlan } from '@stowage/kernel'
import type { Drain, DrainOptions } from '../drain/terms.js'
import type { NodeOffer } from '../plan/provision.js'
import type { NodePool } from '../node-pool/words.js'
import type { KubernetesInput } from '../read/input.js'

/** What decides which nodes go. */
export interface ReleaseOptions {
  readonly durations: DrainOptions['durations']
  /** Whether pods with data on their node may go, which lose it. */
  readonly deletesLocalData: boolean
  /** What nodes cost, by their names; a node without a price saves nothing that is known. */
  readonly prices: ReadonlyMap<string, number>
  /** After so many pods that are placed on trial nothing else is tried. */
  readonly workMax: number
  readonly search: SupplyOptions
  /** Names of nodes that are tried together first, such as those that others let go. */
  readonly sets?: readonly (readonly string[])[]
}

/** A node of an offer, by its position. */
export interface OpenedNode {
  readonly offer: number
  readonly name: string
}

/** The cluster, what can be opened, and the cluster with more nodes. */
export interface ReleaseWorld {
  readonly offers: readonly NodeOffer[]
  /** What NodePools say of their nodes. */
  readonly pools: readonly NodePool[]
  /** The input with the nodes, and with a probe of each offer where `withProbes`. */
  readonly inputWith: (nodes: readonly OpenedNode[], withProbes: boolean) => KubernetesInput
}

/** Why a node stays. */
export type StayingReason =
  /** The node itself says so, or what it is. */
  | { readonly by: 'Node'; readonly text: string }
  /** Pods that must not be evicted, for one reason. */
  | { readonly by: 'Pods'; readonly pods: readonly string[]; readonly text: string }
  /** A budget lets no pod go. */
  | {
      readonly by: 'Budget'
      readonly pod: string
      readonly budget: string
      readonly healthy: number
      readonly desiredHealthy: number
    }
  /** Pods find no place on other nodes, and no offer has room for them. */
  | { readonly by: 'NoPlace'; readonly unplaced: WordedPlan['unplaced'] }
  /** A node for pods that find no place costs as much as this one or more. */
  | {
      readonly by: 'Price'
      readonly unplaced: WordedPlan['unplaced']
      /** The offers of the nodes, by position. */
      readonly offers: readonly number[]
      readonly price: number
    }
  /** It could go by itself, but with the nodes that go some pod would have no place. */
  | { readonly by: 'Together' }
  /** The work was used up before it was tried with all that go. */
  | { readonly by: 'Work' }

/** A node that stays. */
export interface StayingNode {
  readonly name: string
  readonly reason: StayingReason
}

/** Which nodes can go. */
export interface Release {
  /** Names of the nodes that go, in order. */
  readonly gone: readonly string[]
  readonly staying: readonly StayingNode[]
  /** Nodes to open before any goes. */
  readonly opened: readonly OpenedNode[]
  /** How the nodes are drained, one after the other, once the new nodes are there. */
  readonly drain: Drain
  /** What all nodes with a price cost. */
  readonly priceBefore: number
  readonly priceAfter: number
  /** Pods that wait and find no place, before and after. */
  readonly waiting: { readonly before: number; readonly after: number }
  /** How many pods were placed on trial. */
  readonly work: number
}
