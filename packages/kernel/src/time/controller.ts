/**
 * Defines a controller (a reconciler): a pure function that compares the desired state with the
 * actual state and returns intents. A pass, which handles all events of one instant, calls every
 * controller once. What a controller must remember is in its memory, an immutable value.
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import type { MalformedValue } from '../rule/malformed.js'
import type {
  ControllerData,
  Decision,
  DecidingController,
  ReportOutcome,
  PassView,
  ReportedFact,
} from './decision.js'

/**
 * A controller with a memory of a type of its own. Controllers are called in the order of the list;
 * none sees what another decides in the same pass. A controller sees what changed since its last
 * pass, so that the cost of a pass depends on the changes and not on the size of the cluster.
 */
export interface Controller<Memory> extends DecidingController<Memory> {
  /**
   * Handles a report to this controller. Only here can a controller intern words and define
   * classes. It must not change phases, as these follow the events about replicas. A `Left` becomes
   * a fault of the step, with the path into the report.
   */
  readonly learn?: (
    draft: Draft,
    memory: Memory,
    fact: ReportedFact,
  ) => E.Either<MalformedValue, ReportOutcome<Memory>>
}

/** A controller whose memory only itself understands: what a list of controllers holds. */
export interface AnyController extends ControllerData {
  readonly learn?: (
    draft: Draft,
    memory: never,
    fact: ReportedFact,
  ) => E.Either<MalformedValue, ReportOutcome<unknown>>
  readonly decide: (view: PassView, memory: never) => Decision<unknown>
}
