/**
 * Defines the types of plans. A plan is the result of placing a list of named requests: what each
 * node then holds, and what was not placed. The kernel passes the names on and never interprets
 * them.
 */
import type { Explanation, UnmetRequest, PlaceRequest } from './answer.js'
import type { Vector } from './dimension.js'
import type { ReplicaId } from './id.js'
import type { Remedies } from './remedy.js'

/** A request with the name of its workload; several requests may share a name. */
export interface NamedRequest extends PlaceRequest {
  readonly name: string
}

/** How many replicas of one name stand on a node. */
export interface Holding {
  readonly name: string
  readonly count: number
  /** In a plan, how many of them were there before; absent when none was. */
  readonly running?: number
}

/** A node of a plan: its capacity, its load and the named replicas that it holds. */
export interface PlannedNode {
  readonly name: string
  readonly capacity: Vector
  readonly load: Vector
  /** In the order of the names. */
  readonly holds: readonly Holding[]
}

/** All nodes with what they hold, and the requests that could not be placed in full. */
export interface Plan {
  /** In the order of rank. */
  readonly nodes: readonly PlannedNode[]
  /**
   * One row per request that is not placed in full, in the order of the requests. Requests of one
   * name that are restricted to named nodes are summed into one row.
   */
  readonly unplaced: readonly (UnmetRequest & { readonly name: string })[]
}

/**
 * One replica of a plan, explained at the moment of its turn. `replica` counts from 1 within its
 * request.
 */
export interface ReplayedReplica {
  readonly request: NamedRequest
  readonly replica: number
  readonly explanation: Explanation
  /** Present when the replica finds no feasible node. */
  readonly remedies?: Remedies
  /** The names of all replicas that are on the nodes at that moment. */
  readonly names: ReadonlyMap<ReplicaId, string>
}
