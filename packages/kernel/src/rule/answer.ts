/**
 * Defines the types of placement requests, of their answers and of explanations. When no node takes
 * a replica, the answer gives the reasons; no exception is thrown.
 */
import type { ClassId, NodeId, PluginId, ReasonId, ReplicaId } from './id.js'

/** A request for `count` new replicas of a class. With `only`, no other node is a candidate. */
export interface PlaceRequest {
  readonly class: ClassId
  readonly count: number
  readonly only?: readonly NodeId[]
}

/** One new replica and the node that it was placed on. */
export interface Placement {
  readonly replica: ReplicaId
  readonly node: NodeId
}

/**
 * Replicas of one request that found no feasible node: how many (`count`), among how many
 * candidates (`nodes`), and how many candidates gave each reason in their first refusal, by rising
 * reason. One refusal can have several reasons, so the counts may add up to more than `nodes`.
 */
export interface UnmetRequest {
  readonly count: number
  readonly nodes: number
  readonly reasons: readonly (readonly [reason: ReasonId, nodes: number])[]
}

/** The answer to one request: what was placed and, when some replicas found no node, why. */
export interface Answer {
  readonly placed: readonly Placement[]
  readonly unplaced?: UnmetRequest
}

/**
 * How the placements were found: `index` when an index made every decision, `scan` when at least
 * one decision looked at every node. The placements are the same either way.
 */
export type DecidedBy = 'scan' | 'index'

/** One answer per request, in the order of the requests. */
export interface PlaceResult {
  readonly answers: readonly Answer[]
  readonly decidedBy: DecidedBy
}

/**
 * The refusal of a node by one filter. `removable` means that evicting replicas from this node
 * could make the filter allow it.
 */
export interface Refusal {
  readonly plugin: PluginId
  readonly reasons: readonly ReasonId[]
  readonly removable: boolean
}

/**
 * One score of one node: as computed (`raw`) and as it enters the choice (`weighted`). A chain key
 * that prefers the least has a negative `weighted`. A node that the score ignores has no `raw`; its
 * `weighted` is 0 in a sum and -Infinity in a chain.
 */
export interface NodeScore {
  readonly plugin: PluginId
  readonly raw?: number
  readonly weighted: number
}

/** What every filter and score of a class says about one node. */
export interface NodeExplanation {
  readonly node: NodeId
  /** The refusal that counts: the first in the class's order; absent when the node is feasible. */
  readonly first?: Refusal
  /** All refusals, the first included, in the order of the class's filters. */
  readonly all: readonly Refusal[]
  /** One per score of the class's choice when the node is feasible, else none. */
  readonly scores: readonly NodeScore[]
}

/**
 * Where a replica of a class would be placed now, and why. Nodes are in the order of rank. `best`
 * are the nodes with the highest score, `chosen` is the one of them that is taken, and `runnerUp`
 * is the best node without it: another of the best set, or else the best of the rest.
 */
export interface Explanation {
  readonly nodes: readonly NodeExplanation[]
  readonly best: readonly NodeId[]
  readonly chosen?: NodeId
  readonly runnerUp?: NodeId
  readonly decidedBy: DecidedBy
}
