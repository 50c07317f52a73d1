/**
 * Defines what `step`, the function that advances a cluster over time, returns: the next state, the
 * orders (commands to the caller), and the replicas that found no node. Also defines the type of
 * the function that places waiting replicas (the placer), which a caller may replace.
 */
import type { Draft } from '../cluster/draft.js'
import type { Answer, PlaceRequest, UnmetRequest } from '../rule/answer.js'
import type { ClassId, NodeId, ReplicaId } from '../rule/id.js'
import type { Instant } from '../rule/instant.js'
import type { Owner, StepEffect } from './event.js'
import type { StepState } from './state.js'

/** Replicas of one owner and class that wait for a node. */
export interface PendingRequest extends PlaceRequest {
  readonly owner: Owner
  /** The nodes that the placer kept for some of them in the last pass, one for each. */
  readonly nominations?: readonly NodeId[]
}

/** A replica that has to end so that others get a node. */
export interface Victim {
  readonly replica: ReplicaId
  readonly because: string
}

/** The answer to a request. */
export interface PlacerAnswer extends Answer {
  /** Replicas of controllers that the placer has set to `leaving`: each is ordered to stop. */
  readonly victims?: readonly Victim[]
  /** Nodes that are kept for replicas that found none, at most one for each. */
  readonly nominations?: readonly NodeId[]
}

/** What a placer sees beside the draft and the requests. */
export interface PlacerView {
  readonly now: Instant
  /** What a controller remembers after it decided in this pass; `undefined` for an unknown name. */
  readonly memoryOf: (controller: string) => unknown
}

/**
 * Decides where requests go: one answer per request. The default is `place`; an adapter whose
 * platform has rules of its own, such as preemption, brings its own. It binds what it places, sets
 * victims to `leaving`, and changes nothing else.
 */
export type Placer = (
  draft: Draft,
  requests: readonly PendingRequest[],
  view: PlacerView,
) => readonly PlacerAnswer[]

/** Replicas of one owner and class that found no node in a pass, and why. */
export interface UnplacedReplicas extends UnmetRequest {
  readonly owner: Owner
  readonly class: ClassId
}

/** The next state, the orders in the order in which they were given, and what found no node. */
export interface StepResult {
  readonly state: StepState
  readonly effects: readonly StepEffect[]
  /** By the last pass that tried to place what waits. */
  readonly unplaced: readonly UnplacedReplicas[]
}
