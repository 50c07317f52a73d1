/**
 * Defines the state of a scheduler, an immutable value: it can be stored, compared by its encoding,
 * and continued more than once. `change` computes the next state in three steps:
 *
 * 1. It opens a session: a mutable copy of the cluster, and of everything else that may change.
 * 2. The caller's function makes its decisions in the session.
 * 3. The session becomes the next state; the previous state is untouched.
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
import type { Reservation } from '../scheduler/reservation.js'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { SchedulerWorld } from '../scheduler/world.js'
import type { Surroundings } from '../surroundings/surroundings.js'

/**
 * A scheduler between two events. `cluster`, `placed`, `reservations`, `nominations`,
 * `searchStart`, `queue` and `at` change; everything else is derived from `world` and, for
 * `surroundings`, from `reservations`.
 */
export interface SchedulerState {
  /** The nodes, and the pods on them as replicas. */
  readonly cluster: Cluster
  /** The pod of each replica. */
  readonly placed: ReadonlyMap<ReplicaId, PlacedPod>
  /**
   * The volumes and devices that pods reserved when they were placed, and the pods that are gone,
   * in order.
   */
  readonly reservations: readonly Reservation[]
  /** Nominations: a pod without a node, by namespace and name, to the node that is kept for it. */
  readonly nominations: ReadonlyMap<string, string>
  /** The position in `searchOrder` where the next search starts, when nodes are sampled. */
  readonly searchStart: number
  /** The pods that wait for a node. */
  readonly queue: Queue
  /** The instant of the latest event. */
  readonly at: Instant
  /** The objects and the configuration that the scheduler was opened with. */
  readonly world: SchedulerWorld
  /** Every pod among the objects, by namespace and name. */
  readonly pods: ReadonlyMap<string, KnownPod>
  /**
   * What rules depend on besides the pod: storage with all reservations, services, namespaces,
   * other pods' terms.
   */
  readonly surroundings: Surroundings
  /** All nodes, in round robin over the zones. */
  readonly searchOrder: readonly NodeId[]
}

/** The parts of a state that a session changes, apart from the cluster. */
export type SessionParts = Pick<SchedulerState, 'reservations' | 'nominations' | 'searchStart'> &
  Pick<SchedulerState, 'placed' | 'surroundings'>

/** Runs the body in a session of the state, and returns the next state and the body's answer. */
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

/** Opens a session on a draft of the state's cluster. The state is not changed. */
const sessionOf = (state: SchedulerState, draft: Draft): Session => {
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

/** The parts of the session that go into the next state. */
export const changingOf = (session: Session): SessionParts => ({
  reservations: session.reservations,
  surroundings: session.around,
  placed: session.placed,
  nominations: session.nominated,
  searchStart: session.start,
})
