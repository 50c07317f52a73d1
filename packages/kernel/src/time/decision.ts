/**
 * Defines the types of the input and the output of a controller in a pass, which handles all events
 * of one instant:
 * 1. The input is the nodes and replicas that changed since its last pass, the replicas that wait
 *    for a node, and the pools.
 * 2. The output is intents (what the controller wants, such as to start a replica), the
 *    controller's new memory (its state), and when to run again.
 */
import type { View } from '../cluster/cluster.js'
import type { OfferedNode, Supply } from '../provision/pool.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import type { Instant } from '../rule/instant.js'
import type { Phase } from '../rule/match.js'

/**
 * A replica of this controller that was placed, changed its phase, or is gone. When it is gone,
 * `phase` is undefined and the reason is there, if one was given. A replica that was placed and is
 * gone since has one change for each.
 */
export interface ReplicaChange {
  readonly replica: ReplicaId
  /** The name of the object that it was started for. */
  readonly owner: string
  readonly class: ClassId
  readonly node: NodeId
  readonly phase: Phase | undefined
  readonly because: string | undefined
}

/** A node that joined, got another description, or is gone. */
export interface NodeChange {
  readonly node: NodeId
  readonly name: string
  readonly change: 'joined' | 'changed' | 'left'
}

/** What a controller sees of the pools, for as long as the pass lasts. */
export interface PoolsView {
  /** The pool of a node, by the name of the node; `undefined` when it is of none. */
  readonly poolOf: (node: string) => string | undefined
  /** The nodes of a pool that were bought and have not joined; empty when there is no such pool. */
  readonly coming: (pool: string) => readonly OfferedNode[]
  /** The replicas of all controllers that wait for a node of the pool, by owner and class. */
  readonly waiting: (pool: string) => readonly { readonly class: ClassId; readonly count: number }[]
}

/** A request of a controller that nobody will fulfil. */
export interface AskFailure {
  readonly order: number
  readonly request: unknown
  readonly because: string
}

/** What a controller sees in a pass. */
export interface PassView {
  /** To be read only now: it is spent when the pass is over. */
  readonly cluster: View
  readonly now: Instant
  /** All nodes that changed since the last pass, in the order of the changes. */
  readonly nodes: readonly NodeChange[]
  /** The controller's own replicas that changed since the last pass. */
  readonly replicas: readonly ReplicaChange[]
  /** How many replicas of an object of this controller wait for a node. */
  readonly pending: (owner: string) => number
  /** Its own requests that needed an answer and failed in this pass. */
  readonly failures: readonly AskFailure[]
  readonly pools: PoolsView
}

/** What a controller wants to happen. */
export type Intent =
  /** Wants `count` more replicas; those without a node wait for one. */
  | {
      readonly _tag: 'Start'
      readonly owner: string
      readonly class: ClassId
      readonly count: number
      readonly only?: readonly NodeId[]
      readonly supply?: Supply
    }
  /** Gives up so many replicas that wait for a node. */
  | {
      readonly _tag: 'Withdraw'
      readonly owner: string
      readonly class: ClassId
      readonly count: number
    }
  /** Ends a replica of its own. One that is leaving already is left alone. */
  | { readonly _tag: 'Stop'; readonly replica: ReplicaId; readonly because: string }
  /** Buys nodes of an offering, by its number from 0, for a pool that controllers manage. */
  | {
      readonly _tag: 'Buy'
      readonly pool: string
      readonly offering: number
      readonly count: number
    }
  /** Releases a node, by its name, that holds nothing and is of a pool that controllers manage. */
  | { readonly _tag: 'Release'; readonly node: string }
  /**
   * Becomes an effect as it is. With `needsAnswer` the order stays open until a report that names
   * it answers, or until it fails.
   */
  | { readonly _tag: 'Ask'; readonly request: unknown; readonly needsAnswer?: boolean }

/** What a controller decides in a pass. */
export interface Decision<Memory> {
  readonly memory: Memory
  readonly intents: readonly Intent[]
  /** When to run again at the latest, after now; absent when only a fact can change anything. */
  readonly wakeAt?: Instant
}

/** What a controller makes of a report. */
export interface ReportOutcome<Memory> {
  readonly memory: Memory
  /** Replicas that it bound because they run already, each with the name of its object. */
  readonly replicas?: readonly { readonly replica: ReplicaId; readonly owner: string }[]
}

/** A controller but for how it learns: with a memory of a type of its own. */
export interface DecidingController<Memory> {
  /** Names it in events, owners and faults; no two controllers of a list share it. */
  readonly name: string
  /** The memory before the first event. */
  readonly start: Memory
  readonly decide: (view: PassView, memory: Memory) => Decision<Memory>
  /** The memory as data that JSON can carry: what the hash of a state is made of. */
  readonly toData: (memory: Memory) => unknown
}

/** A fact that was reported to a controller, and when. */
export interface ReportedFact {
  readonly about: string
  readonly report: unknown
  readonly now: Instant
  /** The `Ask` of the controller that the report answers; absent for any other report. */
  readonly order?: number
}

/** What is needed of controllers to name them and to hash their memories. */
export interface ControllerData {
  readonly name: string
  readonly start: unknown
  readonly toData: (memory: never) => unknown
}
