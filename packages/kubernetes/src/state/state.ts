/**
 * The state of a scheduler, as a value: it can be kept, compared by its encoding, carried elsewhere
 * and gone on from twice. A session is its draft, as the kernel's `Draft` is that of a cluster:
 *
 * 1. `change` opens a batch on the cluster, and a session on copies of what else may change;
 * 2. the body decides in the session;
 * 3. what the session holds at the end becomes the next state, and the state before stays as it was.
 */
import {
  batch,
  type Cluster,
  type Draft,
  type Instant,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import type { PlacedPod } from '../preempt/importance.js'
import type { Queue } from '../queue/queue.js'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { SchedulerWorld } from '../scheduler/world.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { VolumeReservation } from '../volume/reserve.js'

/**
 * A scheduler between two events. `cluster`, `placed`, `reservations`, `nominations`,
 * `searchStart`, `queue` and `at` change; all else is computed from `world`.
 */
export interface SchedulerState {
  /** The nodes, and the pods on them as replicas. */
  readonly cluster: Cluster
  /** The pod of each replica. */
  readonly placed: ReadonlyMap<ReplicaId, PlacedPod>
  /** Volumes that pods reserved when they got their nodes, in that order. */
  readonly reservations: readonly VolumeReservation[]
  /** Pods without a node, by namespace and name, each with the node where room is made for it. */
  readonly nominations: ReadonlyMap<string, string>
  /** Where in `searchOrder` the next search starts, when not all nodes are looked at. */
  readonly searchStart: number
  /** The pods that wait for a node. */
  readonly queue: Queue
  /** The instant of the latest event. */
  readonly at: Instant
  /** The objects and the configuration that the scheduler was opened with. */
  readonly world: SchedulerWorld
  /** Every pod among the objects, by namespace and name. */
  readonly pods: ReadonlyMap<string, KnownPod>
  /** What pods depend on beside themselves, reservations included. */
  readonly surroundings: Surroundings
  /** All nodes, one of each zone in turn. */
  readonly searchOrder: readonly NodeId[]
}

/** What changes and is not derived from the world. */
export type Changing = Pick<SchedulerState, 'reservations' | 'nominations' | 'searchStart'> &
  Pick<SchedulerState, 'placed' | 'surroundings'>

/** Decides in a session of the state, and gives the next state first. */
export const change = <Answer>(
  state: SchedulerState,
  body: (session: Session) => Answer,
): readonly [after: SchedulerState, answer: Answer] => {
  const [cluster, [changing, answer]] = batch(state.cluster, (draft) => {
    const session = sessionOf(state, draft)
    const given = body(session)
    return [changingOf(session), given] as const
  })
  return [{ ...state, ...changing, cluster }, answer]
}

/** A session on a draft of the state's cluster. It changes nothing of the state. */
export const sessionOf = (state: SchedulerState, draft: Draft): Session => {
  const { budgets, profiles, sampled, tie } = state.world
  return {
    ...{ draft, budgets, profiles, sampled, tie },
    pods: state.pods,
    around: state.surroundings,
    reservations: [...state.reservations],
    placed: new Map(state.placed),
    nominated: new Map(state.nominations),
    order: state.searchOrder,
    start: state.searchStart,
  }
}

/** What of the session goes into the next state. */
export const changingOf = (session: Session): Changing => ({
  reservations: session.reservations,
  surroundings: session.around,
  placed: session.placed,
  nominations: session.nominated,
  searchStart: session.start,
})
