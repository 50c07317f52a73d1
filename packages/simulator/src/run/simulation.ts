/**
 * Defines the types of a simulation's input (seed, controllers, pools, events, latencies, faults)
 * and of its result: the log, the last state, and each call of the kernel's function `step`, which
 * advances a cluster over time.
 */
import type {
  AnyController,
  Instant,
  Pool,
  ReplicaId,
  StepEffect,
  StepEvent,
  StepFault,
  StepOptions,
  StepState,
  UnplacedReplicas,
  step,
} from '@stowage/kernel'
import type { FaultRates, Latencies } from '../world/setting.js'
import type { World } from '../world/world.js'

/** A world, who runs in it, and how long. */
export interface Simulation {
  /** Decides all chance. */
  readonly seed: number
  /** For the header of the log; by default the seed. */
  readonly setting?: unknown
  readonly controllers: readonly AnyController[]
  /** How nodes are read and replicas are placed. */
  readonly options?: StepOptions
  readonly pools?: readonly Pool[]
  /**
   * The facts that the world begins with, and those that come later by themselves, in the order of
   * time: nodes that join, reports to controllers.
   */
  readonly events: readonly StepEvent[]
  readonly latencies?: Partial<Latencies>
  readonly faults?: Partial<FaultRates>
  /**
   * What else a platform reports because of an order or a fact, such as that a replica is ready;
   * not earlier than `at`. `ready` is the instant after the latency of that name. What follows from
   * a replica that starts or runs is not reported when the replica has ended by then.
   */
  readonly react?: (
    cause: StepEffect | StepEvent,
    context: { readonly at: Instant; readonly ready: Instant; readonly state: StepState },
  ) => readonly StepEvent[]
  /**
   * Whether the node of a replica does not answer. Orders about the replica wait until it answers
   * again; absent when all nodes answer.
   */
  readonly isSilent?: (state: StepState, replica: ReplicaId) => boolean
  /** Nothing later is reported any more. */
  readonly until: Instant
}

/** One call of `step`: all that was reported at an instant. */
export interface Moment {
  readonly at: Instant
  readonly events: readonly StepEvent[]
  readonly effects: readonly StepEffect[]
  readonly unplaced: readonly UnplacedReplicas[]
  readonly before: StepState
  readonly state: StepState
  /** Whether something had gone wrong for one of the events to happen. */
  readonly isFaulty: boolean
}

/** What a simulation leaves. */
export interface SimulationRun {
  /** Lines that `replayLog` runs again; without an end when there is a `fault`. */
  readonly log: string
  readonly state: StepState
  /** Those since the simulation began, or was resumed. */
  readonly moments: readonly Moment[]
  /** The next instant at which something happens; absent when nothing will by itself. */
  readonly nextAt?: Instant
  /** From where the simulation can be resumed; absent when there is a `fault`. */
  readonly pause?: SimulationPause
  /** Why the run ended early: the events that the log ends with were refused. */
  readonly fault?: StepFault
}

/** Where a simulation stands: the truth, the orchestrator, and the log so far. */
export interface SimulationPause {
  readonly simulation: Simulation
  readonly advance: ReturnType<typeof step>
  readonly world: World
  readonly state: StepState
  readonly lines: readonly string[]
  readonly wakeAt: Instant | undefined
}
