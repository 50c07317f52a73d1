/**
 * Wraps `step`, the function that advances a cluster over time, and the replay of its logs, for
 * callers that use no Either:
 * 1. the functions here return a `Result`;
 * 2. two functions that the caller passes in return a `Result` too: `learn`, by which a controller
 *    takes a report, and `lowerNode`, which converts a node.
 */
import type { Draft } from '../cluster/draft.js'
import type { LogFault, LogReplay } from '../log/log-replay.js'
import type { LogHeader } from '../log/log.js'
import * as logging from '../log/read-log.js'
import * as replaying from '../log/replay-log.js'
import type * as provision from '../provision/lower-node.js'
import type { MalformedValue } from '../rule/malformed.js'
import type { NodeSpec } from '../rule/node-spec.js'
import * as stepping from '../step/step.js'
import type * as time from '../time/controller.js'
import type {
  ControllerData,
  DecidingController,
  Decision,
  ReportOutcome,
  PassView,
  ReportedFact,
} from '../time/decision.js'
import type { StepEvent } from '../time/event.js'
import type { StepFault } from '../time/fault.js'
import type { StepState } from '../time/state.js'
import type { Placer, StepResult } from '../time/step-result.js'
import { eitherOf, resultOf } from './from-fp-ts.js'
import type { Result } from './result.js'

/** A controller with a memory of a type of its own; `learn` returns a `Result`. */
export interface Controller<Memory> extends DecidingController<Memory> {
  readonly learn?: (
    draft: Draft,
    memory: Memory,
    fact: ReportedFact,
  ) => Result<ReportOutcome<Memory>, MalformedValue>
}

/** A controller whose memory only itself understands: what a list of controllers holds. */
export interface AnyController extends ControllerData {
  readonly learn?: (
    draft: Draft,
    memory: never,
    fact: ReportedFact,
  ) => Result<ReportOutcome<unknown>, MalformedValue>
  readonly decide: (view: PassView, memory: never) => Decision<unknown>
}

/** Reads a node in the words of a platform, and gives it this name. */
export type LowerNode = (
  draft: Draft,
  node: unknown,
  name: string,
) => Result<NodeSpec, MalformedValue>

/** What a step uses beside the controllers. */
export interface StepOptions {
  /** Reads the nodes of events; by default a `PlainNode`. */
  readonly lowerNode?: LowerNode
  /** Places what waits for a node; by default `place`. */
  readonly placer?: Placer
}

/**
 * A function from a state and events to the next state and effects. Events are in the order of
 * time, in whole milliseconds. A `Failed` names the first event that cannot be applied; then
 * nothing is applied. What a controller throws passes through.
 */
export const step = (
  controllers: readonly AnyController[],
  options: StepOptions = {},
): ((state: StepState, events: readonly StepEvent[]) => Result<StepResult, StepFault>) => {
  const advance = stepping.step(controllers.map(wrapController), wrapOptions(options))
  return (state, events) => resultOf(advance(state, events))
}

/** Reads the first line of a log alone, to learn which controllers it needs. */
export const readLogHeader = (text: string): Result<LogHeader, LogFault> =>
  resultOf(logging.readLogHeader(text))

/** Replays a whole log. The controllers are those that its header names, in that order. */
export const replayLog = (
  text: string,
  controllers: readonly AnyController[],
  options: StepOptions = {},
): Result<LogReplay, LogFault> =>
  resultOf(replaying.replayLog(text, controllers.map(wrapController), wrapOptions(options)))

const wrapController = ({ learn, ...controller }: AnyController): time.AnyController =>
  learn === undefined
    ? controller
    : { ...controller, learn: (draft, memory, fact) => eitherOf(learn(draft, memory, fact)) }

const wrapOptions = ({ lowerNode, ...options }: StepOptions): stepping.StepOptions =>
  lowerNode === undefined ? options : { ...options, lowerNode: wrapReader(lowerNode) }

const wrapReader =
  (lowerNode: LowerNode): provision.LowerNode =>
  (draft, node, name) =>
    eitherOf(lowerNode(draft, node, name))
