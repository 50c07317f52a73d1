/**
 * Defines the types of the input and the output of `step`, the function that advances a cluster
 * over time. Events are facts that the caller reports; effects are orders that the caller must
 * carry out. Both are plain data that JSON can carry.
 *
 * An order is recorded in the state when it is issued, and stays open until an event settles it:
 * 1. `Place`, `Vend`: the replica is `assumed` on its node. `ReplicaRunning` confirms the order;
 *    `OrderFailed` removes the replica, and with it a vended node.
 * 2. `Stop`: the replica is `leaving`. `ReplicaStopped` removes the replica; `OrderFailed` restores
 *    its phase.
 * 3. `Buy`: the node counts as coming. `NodeJoined` with the node's name confirms the order;
 *    `OrderFailed`, or the end of the warm-up time, cancels it.
 * 4. `Release`: the node takes no replica. `NodeLeft` confirms the order; `OrderFailed` lets the
 *    node join again.
 * 5. `Ask` that needs an answer: its request is kept. A `Reported` that names the order confirms
 *    it; `OrderFailed` is shown to the controller that asked.
 */
import type { ClassId, ReplicaId } from '../rule/id.js'
import type { Instant } from '../rule/instant.js'

/** A node in texts: amounts by the names of dimensions, values by keys. */
export interface PlainNode {
  readonly capacity: Readonly<Record<string, number>>
  readonly attributes?: Readonly<Record<string, string>>
  readonly marks?: readonly Readonly<Record<string, string>>[]
}

/** A fact that a caller reports, at the instant when it became true. */
export type StepEvent = { readonly at: Instant } & (
  | { readonly _tag: 'ClockAdvanced' }
  /** `node` is read by the `lowerNode` of the step; `name` replaces a name in it. */
  | {
      readonly _tag: 'NodeJoined'
      readonly name: string
      readonly node: unknown
      readonly pool?: string
    }
  /** The node has another description now; its replicas stay. */
  | { readonly _tag: 'NodeChanged'; readonly name: string; readonly node: unknown }
  /** The node is gone, and with it all its replicas. */
  | { readonly _tag: 'NodeLeft'; readonly name: string }
  | { readonly _tag: 'ReplicaRunning'; readonly replica: ReplicaId }
  /** The replica was told to end by somebody else; it still occupies what it occupied. */
  | { readonly _tag: 'ReplicaLeaving'; readonly replica: ReplicaId }
  | { readonly _tag: 'ReplicaStopped'; readonly replica: ReplicaId; readonly because?: string }
  | { readonly _tag: 'OrderFailed'; readonly order: number; readonly because: string }
  /**
   * A fact for one controller, about an object of its own, which the kernel does not read. With
   * `order` it answers that `Ask`; a second answer changes nothing.
   */
  | {
      readonly _tag: 'Reported'
      readonly controller: string
      readonly about: string
      readonly report: unknown
      readonly order?: number
    }
)

/** The event of a tag. */
export type EventOf<Tag extends StepEvent['_tag']> = Extract<StepEvent, { readonly _tag: Tag }>

/** The tags of all events. */
export type EventTag = StepEvent['_tag']

/** What a replica is for: the controller that started it, and the name of its object there. */
export interface Owner {
  readonly controller: string
  readonly name: string
}

/** An order to the world. Numbers rise by one from order to order. */
export type StepEffect =
  | {
      readonly _tag: 'Place'
      readonly order: number
      readonly replica: ReplicaId
      readonly node: string
      readonly owner: Owner
      readonly class: ClassId
    }
  | {
      readonly _tag: 'Stop'
      readonly order: number
      readonly replica: ReplicaId
      readonly node: string
      readonly owner: Owner
      readonly because: string
    }
  /** A node of its own for one replica: the node joined and the replica is placed on it. */
  | {
      readonly _tag: 'Vend'
      readonly order: number
      readonly replica: ReplicaId
      readonly node: string
      readonly owner: Owner
      readonly class: ClassId
      readonly pool: string
    }
  /** A node of the pool's offering of this number, counted from 0. */
  | {
      readonly _tag: 'Buy'
      readonly order: number
      readonly pool: string
      readonly node: string
      readonly offering: number
    }
  | {
      readonly _tag: 'Release'
      readonly order: number
      readonly pool: string
      readonly node: string
    }
  /**
   * What a controller asks for outside the cluster: a load balancer, a hook. Without `needsAnswer`
   * nothing is booked for it: what becomes of it is a `Reported` like any other.
   */
  | {
      readonly _tag: 'Ask'
      readonly order: number
      readonly controller: string
      readonly request: unknown
      readonly needsAnswer?: true
    }
  /** The next timer: call again with an event of this instant, when no other comes before. */
  | { readonly _tag: 'WakeAt'; readonly at: Instant }
