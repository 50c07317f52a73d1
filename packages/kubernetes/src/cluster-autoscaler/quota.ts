/**
 * Computes how many more nodes a cluster may have. The limits are on the number of nodes, and on
 * the CPU and the memory of all nodes together.
 */
import type { Node } from '../words/node.js'
import { wholeOf, zero } from '../words/quantity.js'
import type { OccupiedNode } from './words.js'

/** How many nodes there may be, and how much all of them may have. */
export interface QuotaOptions {
  /** 0: no limit. */
  readonly maxNodesTotal: number
  readonly maxCoresTotal: number
  readonly maxMemoryTotalBytes: number
}

/** What is left of something, and how much of it a node takes. */
export interface ClusterQuota {
  readonly left: number
  readonly of: (node: Node) => number
}

const nodeCapacity =
  (resource: string) =>
  ({ status }: Node): number =>
    wholeOf(status?.capacity.get(resource)?.quantity ?? zero)

/** What the nodes that are there leave. */
export const clusterQuota = (
  nodes: readonly OccupiedNode[],
  { maxNodesTotal, maxCoresTotal, maxMemoryTotalBytes }: QuotaOptions,
): readonly ClusterQuota[] =>
  (
    [
      [() => 1, maxNodesTotal === 0 ? Infinity : maxNodesTotal],
      [nodeCapacity('cpu'), maxCoresTotal],
      [nodeCapacity('memory'), maxMemoryTotalBytes],
    ] as const
  ).map(([of, max]) => ({ left: nodes.reduce((left, { node }) => left - of(node), max), of }))

/** How many of so many nodes more the quota allows. */
export const nodesWithin = (quota: readonly ClusterQuota[], node: Node, count: number): number =>
  quota.reduce((most, { left, of }) => {
    const own = of(node)
    return own === 0 ? most : Math.max(0, Math.min(most, Math.floor(left / own)))
  }, count)
