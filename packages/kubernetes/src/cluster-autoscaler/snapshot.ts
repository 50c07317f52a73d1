/**
 * Implements the cluster snapshot: the copy of the cluster on which the Cluster Autoscaler tries
 * its changes. Nodes are added, and pods are added and removed. A pod is placed on the first node
 * by name that passes the filters of the scheduler; nothing is scored.
 */
import {
  bind,
  define,
  evict,
  findNode,
  getOrThrow,
  join,
  place,
  type ClassId,
  type Draft,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { readsMask } from '../lower/mask.js'
import { nodeSpecOf } from '../registry/node.js'
import { lowerPod } from '../registry/pod.js'
import {
  nothingElse,
  surroundingsOf,
  type ObjectSurroundings,
  type Surroundings,
} from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { namespaceOf } from '../workload/workload.js'
import type { AutoscaledPod, OccupiedNode } from './words.js'

/** The cluster, and the classes of the pods that were translated. */
export interface Snapshot {
  readonly draft: Draft
  readonly around: Surroundings
  readonly classes: Map<AutoscaledPod, ClassId>
  /** The pods whose classes hold sets of nodes; they are translated anew when a node joins. */
  readonly masked: Set<AutoscaledPod>
  /** Of the pods that stand on nodes; of equal pods the last one. */
  readonly replicas: Map<AutoscaledPod, ReplicaId>
}

const noLabels: ReadonlyMap<string, string> = new Map()

/** A snapshot without nodes, for these pods. The draft must be empty. */
export const openSnapshot = (
  draft: Draft,
  pods: readonly AutoscaledPod[],
  objects: ObjectSurroundings = nothingElse,
): Snapshot => {
  const unlabelled = pods.map(({ metadata }) => [namespaceOf(metadata), noLabels] as const)
  const namespaces = new Map([...unlabelled, ...objects.namespaces])
  const around = surroundingsOf(pods.map(podLike), { ...objects, namespaces })
  return { draft, around, classes: new Map(), masked: new Set(), replicas: new Map() }
}

const podLike = ({ metadata, spec }: AutoscaledPod): PodLike => ({
  namespace: namespaceOf(metadata),
  labels: metadata.labels,
  spec,
  ownerSelector: undefined,
  named: metadata,
})

/** The class of a pod: by its filters alone, on the first node by name. */
export const podClass = (
  { draft, around, classes, masked }: Snapshot,
  pod: AutoscaledPod,
): ClassId => {
  const known = classes.get(pod)
  if (known !== undefined) return known
  const spec = lowerPod(draft, podLike(pod), pod.spec.priority ?? 0, around)
  const id = getOrThrow(
    define(draft, { ...spec, choice: { _tag: 'Sum', tie: 'rank', scores: [] } }),
  )
  classes.set(pod, id)
  if (readsMask(spec)) masked.add(pod)
  return id
}

/** Adds a node with its pods, whatever room it has. */
export const addNode = (snapshot: Snapshot, { node, pods }: OccupiedNode): NodeId => {
  const { draft } = snapshot
  const id = getOrThrow(join(draft, nodeSpecOf(draft, node)))
  for (const pod of snapshot.masked) snapshot.classes.delete(pod)
  snapshot.masked.clear()
  for (const pod of pods)
    snapshot.replicas.set(pod, getOrThrow(bind(draft, podClass(snapshot, pod), id, 'running')))
  return id
}

/** Places one pod on the first of the nodes by name that takes it, as the filters say. */
export const placeOn = (
  snapshot: Snapshot,
  pod: AutoscaledPod,
  only: readonly NodeId[],
): NodeId | undefined => {
  if (only.length === 0) return undefined
  const request = { class: podClass(snapshot, pod), count: 1, only }
  const placement = place(snapshot.draft, [request]).answers[0]!.placed[0]
  if (placement === undefined) return undefined
  snapshot.replicas.set(pod, placement.replica)
  return placement.node
}

/** Takes a pod off its node. */
export const unplace = ({ draft, replicas }: Snapshot, pod: AutoscaledPod): void => {
  const replica = replicas.get(pod)
  if (replica !== undefined) getOrThrow(evict(draft, replica))
  replicas.delete(pod)
}

/** The label that each node has for itself. */
export const hostnameKey = 'kubernetes.io/hostname'

/** Every new node has this label, also where no real node will have it. */
const templateNodeKey = 'cluster-autoscaler.kubernetes.io/template-node'

/** A node like the template, with a name of its own: of two serials the smaller one comes first. */
export const newNode = (
  { draft }: Snapshot,
  { node, pods }: OccupiedNode,
  serial: number,
): OccupiedNode => {
  let name = `${node.metadata.name}-e-${String(serial).padStart(6, '0')}`
  while (O.isSome(findNode(draft, name))) name += '-'
  const labels = new Map([
    ...node.metadata.labels,
    ...([
      [hostnameKey, name],
      [templateNodeKey, 'true'],
    ] as const),
  ])
  return { node: { ...node, metadata: { ...node.metadata, name, labels } }, pods }
}
