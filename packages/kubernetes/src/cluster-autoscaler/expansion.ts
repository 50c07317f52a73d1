/**
 * Defines the types that expander filters read:
 * 1. an option of a scale-up: a node group, a number of new nodes for it, and the pods that find a
 *    place on them;
 * 2. data besides the options: a node of each group, the existing groups, priorities and prices.
 */
import type { Node } from '../words/node.js'
import type { AutoscaledPod } from './words.js'

/** A node group grown by so many nodes, and the pods that find a place there. */
export interface ExpansionOption {
  readonly nodeGroup: string
  readonly nodes: number
  readonly pods: readonly PodCopies[]
}

/** Pods that are alike. */
export interface PodCopies {
  readonly pod: AutoscaledPod
  readonly count: number
}

/** What filters look at beside the options. */
export interface ExpanderWorld {
  /** By node group, a node of it; a group without one is dropped by filters that look at it. */
  readonly nodeOf: ReadonlyMap<string, Node>
  /** The groups that are there already; others are made when they grow. */
  readonly existing: ReadonlySet<string>
  readonly tiers: PriorityTiers | undefined
  readonly prices: Prices | undefined
}

/** Regular expressions for names of node groups, by priority. */
export type PriorityTiers = ReadonlyMap<number, readonly string[]>

/** Prices per hour, and the size of the cluster. */
export interface Prices {
  /** By the name of a node. */
  readonly nodePerHour: ReadonlyMap<string, number>
  readonly cpuPerHour: number
  readonly gibPerHour: number
  readonly clusterNodes: number
  /** The label of nodes with GPUs. */
  readonly gpuLabel: string
}
