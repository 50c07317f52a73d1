/**
 * Defines the types of a replayed log: every logged call of `step`, the function that advances a
 * cluster over time, with its result. Also defines the errors that reading or replaying a log can
 * find.
 */
import type { MalformedValue } from '../rule/malformed.js'
import type { StepEvent } from '../time/event.js'
import type { StepState } from '../time/state.js'
import type { StepResult } from '../time/step-result.js'
import type { LogHeader } from './log.js'

/**
 * What is wrong with a log; lines count from 1. `at` is a path into the line, or into the intent of
 * the controller.
 */
export interface LogFault extends MalformedValue {
  readonly line: number
  /** The controller, where one is the cause. */
  readonly controller?: string
}

/** One call of a log, with what it answered. */
export interface ReplayedStep {
  /** The line of its first event. */
  readonly line: number
  readonly events: readonly StepEvent[]
  readonly result: StepResult
}

/** A log that was run again. */
export interface LogReplay {
  readonly header: LogHeader
  /** The state before the first call, and the one after the last. */
  readonly first: StepState
  readonly state: StepState
  readonly steps: readonly ReplayedStep[]
  /** The last line that could be read, when the log was cut after it. */
  readonly cutAfter?: number
}
