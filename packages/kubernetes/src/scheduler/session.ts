/**
 * Defines the session, the mutable state of a scheduler while it decides: a draft (the mutable
 * cluster inside the kernel's `batch`), the placed and nominated pods, and reservations.
 */
import {
  getOrThrow,
  join,
  type Draft,
  type NodeId,
  type ReplicaId,
  type Tie,
  trial,
} from '@stowage/kernel'
import type { ConfiguredProfile } from '../config/profile.js'
import { defaultProfile, type Profile } from '../plugin/profile.js'
import type { Budget } from '../preempt/budget.js'
import type { PlacedPod } from '../preempt/importance.js'
import { nodeSpecOf } from '../registry/node.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { Node } from '../words/node.js'
import type { KubernetesWorkload } from '../workload/workload.js'
import type { Reservation } from './reservation.js'
import { byZones } from './search.js'

/** A pod, whether or not it is on a node. */
export type KnownPod = KubernetesWorkload

/** A profile with the share of nodes to score, if a configuration sets it. */
export type SchedulerProfile = Profile &
  Partial<Pick<ConfiguredProfile, 'percentageOfNodesToScore'>>

/** The immutable input of a session. */
export interface SessionWorld {
  readonly nodes: readonly Node[]
  readonly pods: readonly KnownPod[]
  /** The surroundings before any pod of the session reserves anything. */
  readonly surroundings: Surroundings
  readonly budgets: readonly Budget[]
  /** By schedulerName. */
  readonly profiles: ReadonlyMap<string, SchedulerProfile>
  /** Whether the search stops when enough nodes are feasible. */
  readonly sampled: boolean
  readonly tie: Tie | 'heap'
}

/**
 * The mutable state of a scheduler while it decides: the draft cluster, placed and nominated pods,
 * and reservations.
 *
 * Only the folders `scheduler`, `plan` and `state` use it.
 */
export interface Session {
  readonly draft: Draft
  /** The surroundings after all reservations so far; replaced by each reservation. */
  around: Surroundings
  readonly reservations: Reservation[]
  readonly pods: ReadonlyMap<string, KnownPod>
  readonly budgets: readonly Budget[]
  readonly profiles: SessionWorld['profiles']
  readonly sampled: boolean
  readonly tie: Tie | 'heap'
  readonly placed: Map<ReplicaId, PlacedPod>
  /** Nominations: the name of a pod without a node, to the name of the node that is kept for it. */
  readonly nominated: Map<string, string>
  /** All nodes in search order, and the position in it where the next search starts. */
  readonly order: readonly NodeId[]
  start: number
}

/**
 * A session whose nodes have joined the draft and whose pods are not bound yet. The draft must be
 * empty.
 */
export const sessionWith = (draft: Draft, world: SessionWorld): Session => {
  const { nodes, pods, surroundings, budgets, profiles, sampled, tie } = world
  const ids = new Map(
    nodes.map((node) => [
      node.metadata.name,
      getOrThrow(join(draft, nodeSpecOf(draft, node, surroundings))),
    ]),
  )
  return {
    draft,
    around: surroundings,
    reservations: [],
    pods: new Map(pods.map((pod) => [pod.name, pod])),
    budgets,
    profiles,
    sampled,
    tie,
    placed: new Map(),
    nominated: new Map(pods.filter((pod) => hasNoNode(profiles, pod)).flatMap(nominationOf)),
    order: byZones(nodes).map((name) => ids.get(name)!),
    start: 0,
  }
}

/** Runs the body on a copy of the session in a trial, and rolls all its changes back. */
export const asIf = <Answer>(session: Session, body: (session: Session) => Answer): Answer =>
  trial(session.draft, (draft) => [
    false,
    body({
      ...session,
      draft,
      reservations: [...session.reservations],
      placed: new Map(session.placed),
      nominated: new Map(session.nominated),
    }),
  ])

/** Whether the pod has no node and belongs to one of the session's profiles. */
const hasNoNode = (profiles: SessionWorld['profiles'], { spec }: KnownPod): boolean =>
  (spec.nodeName ?? '') === '' && profiles.has(spec.schedulerName ?? defaultProfile.schedulerName)

const nominationOf = ({
  name,
  nominatedNodeName = '',
}: KnownPod): readonly (readonly [string, string])[] =>
  nominatedNodeName === '' ? [] : [[name, nominatedNodeName]]

/** The pod's profile; `undefined` for a pod of another scheduler. */
export const profileOf = (
  { profiles }: Pick<Session, 'profiles'>,
  { spec }: KnownPod,
): SchedulerProfile | undefined => profiles.get(spec.schedulerName ?? defaultProfile.schedulerName)

/** The pod's profile; the default profile for a pod of another scheduler. */
export const profileFor = (session: Pick<Session, 'profiles'>, pod: KnownPod): SchedulerProfile =>
  profileOf(session, pod) ?? defaultProfile
