/**
 * Estimates when an index (a structure that finds the best node fast) costs less than a scan of all
 * nodes: when to build, keep and update it. The estimate affects only time and memory; the chosen
 * node is the same either way.
 */
export interface CostModel {
  /** Whether to build an index for so many replicas, decided one after the other. */
  readonly paysToBuild: (replicas: number, nodes: number) => boolean
  /** Whether to keep an index that has so many groups. */
  readonly paysToKeep: (nodes: number, groups: number) => boolean
  /** Whether to apply so many changes rather than to build the index again. */
  readonly paysToCatchUp: (nodes: number, changes: number) => boolean
  /** Whether to follow so many nodes that joined or left rather than to build all indexes again. */
  readonly paysToFollow: (nodes: number, changes: number) => boolean
  /** The memory of all indexes of a cache, in rows of about 32 bytes. */
  readonly rowsMax: number
}

/** 4,194,304 rows of 32 bytes are 128 MiB. */
const cacheRowsMax = 4_194_304

/**
 * Assumed costs: building an index costs little more than one scan, and no less than a scan of
 * 2,000 nodes. So the index is built for the second replica of a class on 1,000 nodes or more, and
 * for the twentieth on 100 nodes. Below 64 nodes too few look alike. Applying twice as many changes
 * as there are nodes costs no more than building, as many changes are of the same node. A node that
 * joins or leaves costs each index a few changes, and what indexes share as much again.
 */
export const defaultCosts: CostModel = {
  paysToBuild: (replicas, nodes) => replicas >= 2 && nodes >= 64 && replicas * nodes >= 2_000,
  paysToKeep: (nodes, groups) => groups * 4 <= nodes,
  paysToCatchUp: (nodes, changes) => changes <= 2 * nodes + 256,
  paysToFollow: (nodes, changes) => changes * 16 <= nodes,
  rowsMax: cacheRowsMax,
}

/** An index always pays, for callers that ask for one. */
export const noCosts: CostModel = {
  paysToBuild: () => true,
  paysToKeep: () => true,
  paysToCatchUp: () => true,
  paysToFollow: () => true,
  rowsMax: cacheRowsMax,
}
