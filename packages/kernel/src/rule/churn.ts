/**
 * Defines the types of `churn`, which starts and stops many replicas in one call. Ids are in typed
 * arrays, one entry per step; -1 stands for no replica.
 */
import type { DecidedBy } from './answer.js'
import type { Fault } from './fault.js'

/** By step, the class of which a replica is placed, and then the replica that is stopped. */
export interface ChurnSteps {
  readonly starts: Float64Array
  readonly stops: Float64Array
}

/** By step, the replica that was placed and its node; -1 when none was to be, or none could be. */
export interface ChurnResult {
  readonly replicas: Float64Array
  readonly nodes: Float64Array
  readonly decidedBy: DecidedBy
}

/** What is wrong with the ids of a step. */
export type ChurnFault = Fault & { readonly step: number }
