/**
 * Defines the types of remedies: the smallest changes (filters dropped, capacity added, replicas
 * evicted) after which a replica that finds no node would fit on one.
 */
import type { Vector } from './dimension.js'
import type { NodeId, ReplicaId } from './id.js'

/**
 * The smallest change of each kind. A kind is absent when no change of that kind alone helps. When
 * a replica fits already, the smallest change is empty: no filters, no amounts, no replicas.
 */
export interface Remedies {
  readonly drop?: DropRemedy
  readonly add?: AddRemedy
  readonly remove?: RemoveRemedy
  /**
   * True when the search for replicas to evict reached its bound. Then `remove` helps but a smaller
   * one may exist, and when `remove` is absent there may still be one.
   */
  readonly cut: boolean
}

/**
 * Without these filters, given by position in the class's list, the class fits on the node: the
 * fewest filters, on the first such node.
 */
export interface DropRemedy {
  readonly node: NodeId
  readonly filters: readonly number[]
}

/**
 * With so much more capacity per dimension the class fits on the node: the fewest dimensions, among
 * these the smallest share of a demand that is lacking, then the first such node.
 */
export interface AddRemedy {
  readonly node: NodeId
  readonly amounts: Vector
}

/**
 * After evicting these replicas, all of lower priority, the class fits on the node: the fewest, on
 * the first such node. Among equally many, as few as possible of the highest priority, then of the
 * next; of replicas that no rule can distinguish, the newest. Nodes on which a filter refuses that
 * is not `removable` are not tried.
 */
export interface RemoveRemedy {
  readonly node: NodeId
  readonly replicas: readonly ReplicaId[]
}
