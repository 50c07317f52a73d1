/**
 * Defines the types of the faults (errors) that `step`, the function that advances a cluster over
 * time, returns. A fault gives the position of the event that cannot be applied. When there is a
 * fault, no event of that call of `step` is applied.
 */
import type { MalformedValue } from '../rule/malformed.js'

/** What can be wrong with an event, with a report to a controller, or with an intent. */
export type StepFaultTag =
  /** An event is earlier than the one before it, or than the state. */
  | 'TimeWentBack'
  | 'UnknownEvent'
  /** A field of the event is malformed. */
  | 'BadEvent'
  | 'UnknownNode'
  /** A node of the name is there, with another description. */
  | 'DuplicateNode'
  | 'UnknownPool'
  /** An offering of a pool is no node; `at` is a path into the pools, by name. */
  | 'BadPool'
  /** No replica ever had this id. A late fact about a replica that is gone is no fault. */
  | 'UnknownReplica'
  /** No order ever had this number. A late fact about an order is no fault. */
  | 'UnknownOrder'
  | 'UnknownController'
  /** A controller refuses what was reported to it. */
  | 'BadReport'
  /** A controller wants what cannot be: a defect of the controller. */
  | 'BadIntent'

/**
 * What is wrong, and where: `at` is a path into the event, or into the intent of the controller.
 * When a timer is the cause, `event` is the event whose instant made it fire.
 */
export interface StepFault extends MalformedValue {
  readonly _tag: StepFaultTag
  readonly event: number
  /** The controller, where one is the cause. */
  readonly controller?: string
}

/** What is wrong with an event, without its position. */
export type FoldFault = MalformedValue & {
  readonly _tag: StepFaultTag
  readonly controller?: string
}
