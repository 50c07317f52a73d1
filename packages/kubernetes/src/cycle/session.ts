/**
 * A scheduler at work: a cluster as its objects say that it is, and the pods that it holds, to
 * which others are added one after the other.
 */
import {
  bind,
  getOrThrow,
  define,
  findNode,
  join,
  evict,
  type ClassSpec,
  type Draft,
  type NodeId,
  type ReplicaId,
  type Tie,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { nodeSpecOf } from '../lower/node.js'
import { classOfPod } from '../lower/pod.js'
import { defaultProfile, type Profile } from '../lower/profile.js'
import type { ConfiguredProfile } from '../config/profile.js'
import type { Surroundings } from '../lower/surroundings.js'
import type { Budget } from '../preempt/budget.js'
import type { PlacedPod } from '../preempt/importance.js'
import type { KubernetesObject } from '../words/object.js'
import type { Node } from '../words/node.js'
import { around } from '../workload/around.js'
import { budgetsIn } from '../workload/budgets.js'
import { withOwners } from '../workload/owner-selector.js'
import { byZones } from './search.js'
import { isWanting, workloadOf, type Workload } from '../workload/workload.js'

/** A pod, whether or not it is on a node. */
export type KnownPod = Workload

/**
 * What upstream does for speed, or leaves open: by default every node is looked at, and the first
 * of the best by name is taken.
 */
export interface SessionOptions {
  /**
   * Stops looking for nodes when enough are feasible: as many as the profile's
   * `percentageOfNodesToScore` says. The next pod's search starts where this one's ended.
   */
  readonly sampled?: boolean
  /** The first by name, one by a seed, or the one that upstream's heap has at its root. */
  readonly tie?: Tie | 'heap'
}

/** A profile, and, where a configuration gave it, what is said beside its decisions. */
export type SessionProfile = Profile & Partial<Pick<ConfiguredProfile, 'percentageOfNodesToScore'>>

export interface Session extends Required<SessionOptions> {
  readonly draft: Draft
  /** Changes with what is placed: volumes are set aside. */
  around: Surroundings
  readonly pods: ReadonlyMap<string, KnownPod>
  readonly budgets: readonly Budget[]
  readonly profiles: ReadonlyMap<string, SessionProfile>
  readonly placed: Map<ReplicaId, PlacedPod>
  /** Pods that have no node yet, each with the name of the node where room is made for it. */
  readonly nominated: Map<string, string>
  /**
   * All nodes in the order in which they are looked for, and where in it the next search starts.
   */
  readonly order: readonly NodeId[]
  start: number
}

const defaultProfiles = new Map([[defaultProfile.schedulerName, defaultProfile]])

/** A session with its nodes, none of whose pods is on its node yet. The draft must be empty. */
export const sessionWith = (
  draft: Draft,
  nodes: readonly Node[],
  pods: readonly KnownPod[],
  { around: surroundings, budgets, profiles }: Pick<Session, 'around' | 'budgets' | 'profiles'>,
  { sampled = false, tie = 'rank' }: SessionOptions = {},
): Session => {
  const joined = new Map(
    nodes.map((node) => [
      node.metadata.name,
      getOrThrow(join(draft, nodeSpecOf(draft, node, surroundings))),
    ]),
  )
  return {
    draft,
    around: surroundings,
    pods: new Map(pods.map((pod) => [pod.name, pod])),
    budgets,
    profiles,
    placed: new Map(),
    nominated: new Map(pods.filter((pod) => isWaiting(profiles, pod)).flatMap(nominationOf)),
    order: byZones(nodes).map((name) => joined.get(name)!),
    start: 0,
    sampled,
    tie,
  }
}

/** Fills an empty draft. A pod on a node that is not among the objects is left out. */
export const openSession = (
  draft: Draft,
  objects: readonly KubernetesObject[],
  profiles: ReadonlyMap<string, SessionProfile> = defaultProfiles,
  options: SessionOptions = {},
): Session => {
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = podsIn(objects)
  const world = { around: around(objects, nodes, pods), budgets: budgetsIn(objects), profiles }
  const session = sessionWith(draft, nodes, pods, world, options)
  for (const pod of pods) {
    const node = findNode(draft, pod.spec.nodeName ?? '')
    if (O.isSome(node)) settle(session, pod, classOf(session, pod), node.value)
  }
  return session
}

/** A pod that has no node, and is for this scheduler to place. */
const isWaiting = (profiles: Session['profiles'], { spec }: KnownPod): boolean =>
  (spec.nodeName ?? '') === '' && profiles.has(spec.schedulerName ?? defaultProfile.schedulerName)

const nominationOf = ({
  name,
  nominatedNodeName = '',
}: KnownPod): readonly (readonly [string, string])[] =>
  nominatedNodeName === '' ? [] : [[name, nominatedNodeName]]

const podsIn = (objects: readonly KubernetesObject[]): readonly KnownPod[] =>
  withOwners(objects.filter(isWanting).map(workloadOf), objects).filter(
    ({ kind }) => kind === 'Pod',
  )

/** Nothing for a pod that another scheduler is to place. */
export const profileOf = ({ profiles }: Session, { spec }: KnownPod): SessionProfile | undefined =>
  profiles.get(spec.schedulerName ?? defaultProfile.schedulerName)

/** The default one for a pod that another scheduler is to place. */
export const profileFor = (session: Session, pod: KnownPod): SessionProfile =>
  profileOf(session, pod) ?? defaultProfile

export const classOf = (session: Session, pod: KnownPod): ClassSpec =>
  classOfPod(session.draft, pod, pod.spec.priority ?? 0, session.around, profileFor(session, pod))

/**
 * Puts the pod on the node, as one that runs there, or, where it was told to go already, as one
 * that leaves.
 */
export const settle = (
  { draft, placed }: Session,
  pod: KnownPod,
  described: ClassSpec,
  node: NodeId,
): ReplicaId => {
  const id = getOrThrow(define(draft, described))
  const phase = pod.metadata.deletionTimestamp === undefined ? 'running' : 'leaving'
  const replica = getOrThrow(bind(draft, id, node, phase))
  const { name, namespace, labels, startTime, isPreempted } = pod
  const known = { name, namespace, labels, startTime, isPreempted, priority: described.priority }
  placed.set(replica, { ...known, class: id, replica, phase })
  return replica
}

/** Takes a pod off its node: one that is gone. Its claims stay bound to their volumes. */
export const removePod = ({ draft, placed, nominated }: Session, name: string): void => {
  nominated.delete(name)
  for (const [replica, pod] of placed)
    if (pod.name === name) {
      getOrThrow(evict(draft, replica))
      placed.delete(replica)
    }
}
