/**
 * Defines a controller: a pure function that compares what it wants with what is, and returns
 * intents. In a pass every controller runs once, in the order of the list, and none sees another.
 * It sees what changed since its last pass, so that a pass costs by what happened and not by how
 * much there is; what it has to remember it keeps in its memory, a value.
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../cluster/draft.js'
import type { Malformed } from '../rule/malformed.js'
import type {
  ControllerData,
  Decision,
  DecidingController,
  Learning,
  PassView,
  ReportedFact,
} from './decision.js'

/** A controller with a memory of a type of its own. */
export interface Controller<Memory> extends DecidingController<Memory> {
  /**
   * Takes in a fact that was reported to it. Only here can it intern words and define classes;
   * phases it leaves alone, as they follow what is reported of replicas. A `Left` becomes a fault
   * of the step, with the path into the report.
   */
  readonly learn?: (
    draft: Draft,
    memory: Memory,
    fact: ReportedFact,
  ) => E.Either<Malformed, Learning<Memory>>
}

/** A controller whose memory only itself understands: what a list of controllers holds. */
export interface AnyController extends ControllerData {
  readonly learn?: (
    draft: Draft,
    memory: never,
    fact: ReportedFact,
  ) => E.Either<Malformed, Learning<unknown>>
  readonly decide: (view: PassView, memory: never) => Decision<unknown>
}
