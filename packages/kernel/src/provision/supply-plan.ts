/**
 * Defines the types of a supply plan, the result of `provision`:
 * 1. which nodes to launch, and which replicas each gets;
 * 2. which replicas still find no node;
 * 3. a lower bound on the cost.
 */
import type { PackingBound } from '../pack/bound.js'
import type { Refusal } from '../rule/answer.js'

/** Replicas of one request, by its position. */
export interface RequestCount {
  readonly request: number
  readonly count: number
}

/** A node to open, and what of the requests goes there, in the order in which it is placed. */
export interface SuppliedNode {
  /** The position of its offering. */
  readonly offering: number
  readonly name: string
  readonly places: readonly RequestCount[]
}

/**
 * Why no node of an offering would take one more: its refusals, or none when no more can be had.
 */
export interface OfferingRefusal {
  readonly offering: number
  readonly refusals: readonly Refusal[]
}

/** Replicas that find no place even with new nodes, and what each offering lacks. */
export interface UnsuppliedReplicas extends RequestCount {
  readonly offerings: readonly OfferingRefusal[]
}

/** A replica of a request on a new node. */
export interface SuppliedReplica {
  readonly request: number
  /** The position of the node in the plan. */
  readonly node: number
}

/** What a cluster lacks. */
export interface SupplyPlan {
  readonly nodes: readonly SuppliedNode[]
  /**
   * All replicas that get a place, in an order in which each is allowed when all nodes are open.
   */
  readonly placements: readonly SuppliedReplica[]
  readonly unplaced: readonly UnsuppliedReplicas[]
  /** The sum of the prices of the nodes. */
  readonly price: number
  /**
   * No plan for the same replicas on new nodes has less of what is to be least first. Rules that
   * look beyond a node are left out of it, and so is that nodes can run out.
   */
  readonly bound: PackingBound
  /** How much was tried: fillings of a node, each by arithmetic. */
  readonly work: number
}
