/**
 * Defines pools, the sources of new nodes: a fleet buys and releases whole nodes; a vending pool
 * creates one node per replica, sized to what the replica needs.
 */

/**
 * Buys nodes for replicas that found none, one after the other: the first offering on which a
 * replica can be placed. Releases nodes that hold nothing.
 */
export interface FleetPool {
  readonly _tag: 'Fleet'
  readonly name: string
  /** So many nodes it has at least, those that are coming included. */
  readonly min: number
  /** So many at most. */
  readonly max: number
  /** Milliseconds after which a node that was bought and has not joined counts as lost. */
  readonly warmUp: number
  /** Milliseconds that a node holds nothing before it is released. */
  readonly idleFor: number
  /** Nodes in the words of the platform, in the order in which they are tried. */
  readonly offerings: readonly unknown[]
  /**
   * True when the pool buys and releases nothing by itself: only intents of controllers do, within
   * `max`; `min` and `idleFor` are theirs to read.
   */
  readonly isManaged?: boolean
}

/**
 * Makes a node for each replica at once, and drops it with the replica. The node has the attributes
 * and marks of the offering, and as much of every dimension as the replica needs.
 */
export interface VendingPool {
  readonly _tag: 'Vending'
  readonly name: string
  /** So many nodes at the same time at most. */
  readonly max: number
  readonly offering: unknown
}

/** A source of nodes. */
export type Pool = FleetPool | VendingPool

/** From which pools the nodes of some replicas are; they are placed on no others. */
export type Supply =
  /** The first pool that has room, else the first that can give a node. */
  | { readonly pools: readonly string[] }
  /**
   * The pools that lack their base, in order, and then all in the proportion of their weights. A
   * pool that can give no node is waited for.
   */
  | { readonly shares: readonly PoolShare[] }

/** How many of the replicas of an owner come from a pool. */
export interface PoolShare {
  readonly pool: string
  /** The first so many replicas; 0 when absent. */
  readonly base?: number
  readonly weight: number
}

/** A node of an offering, by its number from 0: one that is coming, or one to buy. */
export interface OfferedNode {
  readonly pool: string
  readonly offering: number
  readonly node: string
}
