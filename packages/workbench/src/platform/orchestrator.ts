/**
 * Defines the interface that each platform implements so that a rollout can be simulated: its
 * controllers, the conversion of its documents to events for them, and the description of the
 * resulting state.
 */
import type { SourceDocument, TimeZone, Warning } from '@stowage/documents'
import type {
  AnyController,
  Instant,
  Pool,
  ReplicaId,
  StepEffect,
  StepEvent,
  StepOptions,
  StepState,
  UnplacedReplicas,
} from '@stowage/kernel'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import type { PlatformOptions } from './platform.js'

/** A fact without its instant. */
export type Fact = StepEvent extends infer Event
  ? Event extends StepEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** Facts that may become true at one instant, and the document of each, for faults. */
export type FactGroup = readonly { readonly fact: Fact; readonly from: string }[]

/** The replicas of a workload at one moment. */
export interface WorkloadState {
  readonly name: string
  readonly desired: number
  /** Those of the newest revision that were not told to end. */
  readonly updated: number
  /** Those with a node that do not run yet. */
  readonly pending: number
  readonly running: number
  /** Those that count as serving: available pods, healthy tasks. */
  readonly available: number
  /** Those without a node. */
  readonly waiting: number
  /** Whether all that was wanted is there, and nothing else. */
  readonly isComplete: boolean
  /**
   * Of work that ends by itself: how many of its replicas have succeeded and failed, `of` how many
   * that must succeed. A schedule counts its runs, and `of` is absent.
   */
  readonly ended?: { readonly succeeded: number; readonly failed: number; readonly of?: number }
  /** What the platform says of it: a condition, the latest message of a service. */
  readonly note?: string
  /** The last messages of the platform about it, the oldest first, and how many there were. */
  readonly messages?: readonly string[]
  readonly messageCount?: number
}

/** What supplies machines at one moment, such as a capacity provider. */
export interface CapacityState {
  readonly name: string
  /** The pool whose machines they are. */
  readonly pool: string
  /** The machines that it has, and those of them that have not joined. */
  readonly size: number
  readonly coming: number
  /** The last decisions about it, the oldest first, and how many there were. */
  readonly messages: readonly string[]
  readonly messageCount: number
}

/** What is assumed of work that ends by itself, such as a Job. */
export interface WorkTerms {
  /** How long a replica of it runs until it has succeeded; absent when it runs on. */
  readonly run?: number
  /** The same for single workloads, by name. */
  readonly runs?: Readonly<Record<string, number>>
  /** The time zones that schedules name; absent when no schedule runs. */
  readonly zones?: ReadonlyMap<string, TimeZone>
}

/** The controllers of a platform over the documents of one input. */
export interface Orchestrator {
  readonly controllers: readonly AnyController[]
  readonly options: StepOptions
  readonly pools: readonly Pool[]
  /** From which the same orchestrator can be made again: the header of a log carries it. */
  readonly setting: unknown
  /**
   * The facts of documents, group after group: nodes before what runs on them, definitions before
   * what uses them. A `Left` is what cannot be simulated.
   */
  readonly factsOf: (documents: readonly SourceDocument[]) => Either<Faults, readonly FactGroup[]>
  /** The facts of schedules, which start work at times of the day; absent when none runs. */
  readonly schedulesOf?: (documents: readonly SourceDocument[]) => FactGroup
  /** Whether a replica that runs ends by itself; absent when none does. */
  readonly endsByItself?: (state: StepState, replica: ReplicaId) => boolean
  /**
   * The latest instant of which documents tell: the world begins then, so that what they tell is
   * past in it.
   */
  readonly latestOf: (documents: readonly SourceDocument[]) => Instant
  /** Whether the node of a replica does not answer; absent when all nodes answer. */
  readonly isSilent?: (state: StepState, replica: ReplicaId) => boolean
  /** What the platform reports by itself, such as that a pod is ready. */
  readonly react: (
    cause: StepEffect | StepEvent,
    context: { readonly at: Instant; readonly ready: Instant; readonly state: StepState },
  ) => readonly StepEvent[]
  /**
   * Of the replicas that were placed last, those of a new revision, each with its position among
   * them, counted from 1; absent when the platform does not say.
   */
  readonly newPositions?: (state: StepState) => ReadonlyMap<ReplicaId, number>
  /** All workloads, in the order of their names. */
  readonly workloads: (state: StepState) => readonly WorkloadState[]
  /** What supplies machines, in the order of their names; absent when nothing does. */
  readonly capacities?: (state: StepState) => readonly CapacityState[]
  /** The workload of what an owner of replicas is called. */
  readonly workloadOf: (state: StepState, owner: string) => string
  /** Why replicas find no node. */
  readonly reasonText: (state: StepState, row: UnplacedReplicas) => string
  /** What the controllers have read and do not honour. */
  readonly warningsIn: (state: StepState) => readonly Warning[]
  /** What was read and cannot be simulated. */
  readonly warnings: readonly Warning[]
}

/** How the controllers of a platform are made. */
export interface Orchestration {
  /** For documents and the new machines beside them. */
  readonly orchestrate: (
    documents: readonly SourceDocument[],
    options: PlatformOptions,
    terms?: WorkTerms,
  ) => Either<Faults, Orchestrator>
  /** The names of work that ends by itself, and of schedules; absent when there is none. */
  readonly workNames?: (documents: readonly SourceDocument[]) => readonly string[]
  /** From the setting in the header of a log. */
  readonly orchestratorFrom: (setting: unknown) => Either<Faults, Orchestrator>
}
