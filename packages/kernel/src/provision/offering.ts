/**
 * Defines offerings: kinds of nodes that can be launched, as data. A machine type in two zones, or
 * on demand and interruptible, is two offerings, which differ in attributes and price.
 */
import type { PackingSolver } from '../pack/solver.js'
import type { Vector } from '../rule/dimension.js'
import type { Attributes } from '../rule/expr.js'
import type { ClassId, WordId } from '../rule/id.js'

/** Nodes that are alike but for their names. */
export interface Offering {
  /** Its nodes are called by this with a number after it, from 1, names in use left out. */
  readonly prefix: string
  readonly capacity: Vector
  readonly attributes: Attributes
  readonly marks: readonly Attributes[]
  /** Keys of attributes whose value is the name of the node. */
  readonly named: readonly WordId[]
  /** A whole number in the smallest unit of money that matters, per hour for instance. */
  readonly price: number
  /** So many nodes of it can be opened; any number when absent. */
  readonly countMax?: number
  /** What each of its nodes holds from the start, such as replicas of daemons. */
  readonly holds: readonly HeldReplicas[]
}

/** Replicas that a new node comes with. */
export interface HeldReplicas {
  readonly class: ClassId
  readonly count: number
}

/** What is to be least: first the first, then the second. */
export type Objective = readonly ('price' | 'nodes')[]

/** How a plan is made. */
export interface SupplyOptions {
  /** Default: the price, then the number of nodes. */
  readonly objective?: Objective
  /**
   * After so many fillings of a node no other way of packing is begun. A larger one gives no dearer
   * packing. Default: 30,000.
   */
  readonly workMax?: number
  /** Packs better and proves a higher bound than arithmetic alone, within the same work. */
  readonly solver?: PackingSolver
}
