/**
 * A plan: what became of a list of named requests, node by node. The kernel passes names through
 * and never reads them.
 */
import type { Explanation, Unplaced, PlaceRequest } from './answer.js'
import type { Vector } from './dimension.js'
import type { ReplicaId } from './id.js'
import type { Remedies } from './remedy.js'

/** A request that goes by a name; several may share one. */
export interface NamedRequest extends PlaceRequest {
  readonly name: string
}

/** So many replicas that go by a name. */
export interface Holding {
  readonly name: string
  readonly count: number
}

export interface PlannedNode {
  readonly name: string
  readonly capacity: Vector
  readonly load: Vector
  /** In the order of the names. */
  readonly holds: readonly Holding[]
}

export interface Plan {
  /** In the order of rank. */
  readonly nodes: readonly PlannedNode[]
  /**
   * A row per request of which something found no place, in the order in which they were given;
   * requests of one name that are restricted to nodes share a row.
   */
  readonly unplaced: readonly (Unplaced & { readonly name: string })[]
}

/**
 * One replica of a plan, explained at the moment of its turn; `replica` counts from 1 within its
 * request.
 */
export interface Replayed {
  readonly request: NamedRequest
  readonly replica: number
  readonly explanation: Explanation
  /** When it finds no place. */
  readonly remedies?: Remedies
  /** What every replica that was there or was placed before it goes by. */
  readonly names: ReadonlyMap<ReplicaId, string>
}
