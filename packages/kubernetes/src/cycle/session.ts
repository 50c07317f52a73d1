/**
 * A scheduler at work: a cluster as its objects say that it is, and the pods that it holds, to which others are added one after the
 * other.
 */
import {
  bind,
  certain,
  define,
  findNode,
  join,
  type Class,
  type Draft,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { nodeSpecOf } from '../lower/node.js'
import { classOfPod } from '../lower/pod.js'
import { defaultProfile, type Profile } from '../lower/profile.js'
import type { Surroundings } from '../lower/surroundings.js'
import type { Budget } from '../preempt/budget.js'
import type { PlacedPod } from '../preempt/importance.js'
import type { KubernetesObject } from '../words/object.js'
import { around } from '../workload/around.js'
import { budgetsIn } from '../workload/budgets.js'
import { withOwners } from '../workload/owner-selector.js'
import { isWanting, workloadOf, type Workload } from '../workload/workload.js'

/** A pod, whether or not it is on a node. */
export type KnownPod = Workload

export interface Session {
  readonly draft: Draft
  /** Changes with what is placed: volumes are set aside. */
  around: Surroundings
  readonly pods: ReadonlyMap<string, KnownPod>
  readonly budgets: readonly Budget[]
  readonly profiles: ReadonlyMap<string, Profile>
  readonly placed: Map<ReplicaId, PlacedPod>
}

const defaultProfiles = new Map([[defaultProfile.schedulerName, defaultProfile]])

/** Fills an empty draft. A pod on a node that is not among the objects is left out. */
export const openSession = (
  draft: Draft,
  objects: readonly KubernetesObject[],
  profiles: ReadonlyMap<string, Profile> = defaultProfiles,
): Session => {
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = podsIn(objects)
  const surroundings = around(objects, nodes, pods)
  for (const node of nodes) certain(join(draft, nodeSpecOf(draft, node, surroundings)))
  const session: Session = {
    draft,
    around: surroundings,
    pods: new Map(pods.map((pod) => [pod.name, pod])),
    budgets: budgetsIn(objects),
    profiles,
    placed: new Map(),
  }
  for (const pod of pods) {
    const node = findNode(draft, pod.spec.nodeName ?? '')
    if (O.isSome(node)) settle(session, pod, classOf(session, pod), node.value)
  }
  return session
}

const podsIn = (objects: readonly KubernetesObject[]): readonly KnownPod[] =>
  withOwners(objects.filter(isWanting).map(workloadOf), objects).filter(
    ({ kind }) => kind === 'Pod',
  )

/** Nothing for a pod that another scheduler is to place. */
export const profileOf = ({ profiles }: Session, { spec }: KnownPod): Profile | undefined =>
  profiles.get(spec.schedulerName ?? defaultProfile.schedulerName)

export const classOf = (session: Session, pod: KnownPod): Class =>
  classOfPod(
    session.draft,
    pod,
    pod.spec.priority ?? 0,
    session.around,
    profileOf(session, pod) ?? defaultProfile,
  )

/** Puts the pod on the node, as one that runs there, or, where it was told to go already, as one that leaves. */
export const settle = (
  { draft, placed }: Session,
  pod: KnownPod,
  described: Class,
  node: NodeId,
): ReplicaId => {
  const id = certain(define(draft, described))
  const phase = pod.metadata.deletionTimestamp === undefined ? 'running' : 'leaving'
  const replica = certain(bind(draft, id, node, phase))
  const { name, namespace, labels, startTime } = pod
  const known = { name, namespace, labels, startTime, priority: described.priority }
  placed.set(replica, { ...known, class: id, replica, phase })
  return replica
}
