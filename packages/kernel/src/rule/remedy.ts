/**
 * What would have to change for a replica to find a place.
 */
import type { Vector } from './dimension.js'
import type { NodeId, ReplicaId } from './id.js'

/**
 * The smallest change of each kind after which one replica fits on some node. A kind is left out
 * when nothing of that kind alone helps. Where a replica fits as things are, the smallest change is
 * none: no filters, no amounts, no replicas.
 */
export interface Remedies {
  readonly drop?: DropRemedy
  readonly add?: AddRemedy
  readonly remove?: RemoveRemedy
  /**
   * The search for replicas to remove ended at its bound: then `remove` helps, but fewer may do,
   * and where it is left out there may be one nevertheless.
   */
  readonly cut: boolean
}

/**
 * The class without these filters, by their positions in its list, fits on the node: the fewest
 * that do, on the first such node.
 */
export interface DropRemedy {
  readonly node: NodeId
  readonly filters: readonly number[]
}

/**
 * The class fits on the node when it has so much more of each dimension: the fewest dimensions that
 * do; among these the least, by the largest share of a demand that is lacking; and then on the
 * first such node.
 */
export interface AddRemedy {
  readonly node: NodeId
  readonly amounts: Vector
}

/**
 * The class fits on the node once these replicas, all of lower priority, are gone from it: the
 * fewest that do, on the first such node. Of that node, as few as possible of the highest priority,
 * then of the next, and so on; of those that no rule tells apart, the newest. Nodes of which a
 * filter refuses that is not `removable` are not tried.
 */
export interface RemoveRemedy {
  readonly node: NodeId
  readonly replicas: readonly ReplicaId[]
}
