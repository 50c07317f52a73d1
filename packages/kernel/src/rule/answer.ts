/**
 * What the kernel is asked, and what it answers. A refusal is an answer: it comes with its reasons,
 * and never as an exception.
 */
import type { ClassId, NodeId, PluginId, ReasonId, ReplicaId } from './id.js'

/**
 * Places for `count` replicas of a class; with `only`, on one of these nodes, and the others are
 * not looked at.
 */
export interface PlaceRequest {
  readonly class: ClassId
  readonly count: number
  readonly only?: readonly NodeId[]
}

export interface Placement {
  readonly replica: ReplicaId
  readonly node: NodeId
}

/**
 * Replicas that found no place: how many, of how many nodes that were looked at, and how many of
 * these gave each reason in their first refusal, in the order of the reasons' numbers. A node can
 * give several, so the counts may exceed `nodes`.
 */
export interface Unplaced {
  readonly count: number
  readonly nodes: number
  readonly reasons: readonly (readonly [reason: ReasonId, nodes: number])[]
}

/** What came of one request. */
export interface Answer {
  readonly placed: readonly Placement[]
  readonly unplaced?: Unplaced
}

/**
 * `index`: for each replica, nodes that are alike were looked at as one. `scan`: for some replica,
 * or all, every node was looked at.
 */
export type DecidedBy = 'scan' | 'index'

/** An answer per request, in the order in which they were given. */
export interface PlaceResult {
  readonly answers: readonly Answer[]
  readonly decidedBy: DecidedBy
}

/** One filter's no. `removable`: removing replicas from this node could turn it into a yes. */
export interface Refusal {
  readonly plugin: PluginId
  readonly reasons: readonly ReasonId[]
  readonly removable: boolean
}

/**
 * One score of one node: as computed, and as it entered the choice. In a chain `weighted` is
 * negative where least is best. A node that the score ignores has no `raw`; it enters a sum as 0,
 * and a chain as -Infinity.
 */
export interface NodeScore {
  readonly plugin: PluginId
  readonly raw?: number
  readonly weighted: number
}

export interface NodeExplanation {
  readonly node: NodeId
  /** The filter that decided, when one refused. */
  readonly first?: Refusal
  /** All refusals, the first one included, in the order of the class's filters. */
  readonly all: readonly Refusal[]
  /** One per score of the class's choice, for nodes that no filter refused; otherwise none. */
  readonly scores: readonly NodeScore[]
}

/**
 * Why a replica of a class would go where it would go, were it placed now. Nodes are in the order
 * of rank. The runner-up is the next best by the same scores: another of the best set, by rank, or
 * else the best of the rest.
 */
export interface Explanation {
  readonly nodes: readonly NodeExplanation[]
  readonly best: readonly NodeId[]
  readonly chosen?: NodeId
  readonly runnerUp?: NodeId
  readonly decidedBy: DecidedBy
}
