/**
 * A session: the draft of a scheduler's state, as the kernel's `Draft` is that of a cluster. It is
 * mutable, lives inside one `batch`, and no other room than this one and `plan` sees it.
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
import type { VolumeReservation } from '../volume/reserve.js'
import type { Node } from '../words/node.js'
import type { Workload } from '../workload/workload.js'
import { byZones } from './search.js'

/** A pod, whether or not it is on a node. */
export type KnownPod = Workload

/** A profile, and, where a configuration gave it, what it says of how many nodes are looked at. */
export type SchedulerProfile = Profile &
  Partial<Pick<ConfiguredProfile, 'percentageOfNodesToScore'>>

/** What a session starts from and never changes. */
export interface SessionWorld {
  readonly nodes: readonly Node[]
  readonly pods: readonly KnownPod[]
  /** Before any of the session's pods reserves a volume. */
  readonly surroundings: Surroundings
  readonly budgets: readonly Budget[]
  /** By the name that pods call a scheduler by. */
  readonly profiles: ReadonlyMap<string, SchedulerProfile>
  /** Whether the search for nodes stops when enough are feasible. */
  readonly sampled: boolean
  readonly tie: Tie | 'heap'
}

export interface Session {
  readonly draft: Draft
  /** Changes with each reservation. */
  around: Surroundings
  readonly reservations: VolumeReservation[]
  readonly pods: ReadonlyMap<string, KnownPod>
  readonly budgets: readonly Budget[]
  readonly profiles: SessionWorld['profiles']
  readonly sampled: boolean
  readonly tie: Tie | 'heap'
  readonly placed: Map<ReplicaId, PlacedPod>
  /** Pods that have no node yet, each with the name of the node where room is made for it. */
  readonly nominated: Map<string, string>
  /** All nodes in the order in which they are searched, and where in it the next search starts. */
  readonly order: readonly NodeId[]
  start: number
}

/** A session with its nodes, none of whose pods is on its node yet. The draft must be empty. */
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
    nominated: new Map(pods.filter((pod) => isWaiting(profiles, pod)).flatMap(nominationOf)),
    order: byZones(nodes).map((name) => ids.get(name)!),
    start: 0,
  }
}

/** The session as it is, for a body that may change it: nothing of that stays. */
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

/** A pod that has no node, and is for this scheduler to place. */
const isWaiting = (profiles: SessionWorld['profiles'], { spec }: KnownPod): boolean =>
  (spec.nodeName ?? '') === '' && profiles.has(spec.schedulerName ?? defaultProfile.schedulerName)

const nominationOf = ({
  name,
  nominatedNodeName = '',
}: KnownPod): readonly (readonly [string, string])[] =>
  nominatedNodeName === '' ? [] : [[name, nominatedNodeName]]

/** Nothing for a pod that another scheduler is to place. */
export const profileOf = (
  { profiles }: Pick<Session, 'profiles'>,
  { spec }: KnownPod,
): SchedulerProfile | undefined => profiles.get(spec.schedulerName ?? defaultProfile.schedulerName)

/** The default one for a pod that another scheduler is to place. */
export const profileFor = (session: Pick<Session, 'profiles'>, pod: KnownPod): SchedulerProfile =>
  profileOf(session, pod) ?? defaultProfile
