/**
 * Defines what `step`, the function that advances a cluster over time, returns: the next state, the
 * orders (commands to the caller), and the replicas that found no node. Also defines the type of
 * the function that places waiting replicas (the placer), which a caller may replace.
 */
import type { Draft } from '../cluster/draft.js'
import type { Answer, PlaceRequest, Unplaced } from '../rule/answer.js'
import type { ClassId } from '../rule/id.js'
import type { Owner, StepEffect } from './event.js'
import type { StepState } from './state.js'

/**
 * Decides where requests go: one answer per request. The default is `place`; an adapter whose
 * platform has rules of its own brings its own.
 */
export type Placer = (draft: Draft, requests: readonly PlaceRequest[]) => readonly Answer[]

/** Replicas of one owner and class that found no node in a pass, and why. */
export interface UnplacedReplicas extends Unplaced {
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
