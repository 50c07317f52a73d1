/**
 * Decides what the removal of a node means for one of its pods: the pod moves, is skipped, is
 * waited for, or blocks the removal. The first rule that applies decides; a pod to which no rule
 * applies moves.
 */
import { later, type Instant } from '@stowage/kernel'
import { isCovered } from '../disruption/guards.js'
import { controllerRefOf } from '../words/metadata.js'
import type { PodDisruptionBudget } from '../words/preemption.js'
import { namespaceOf } from '../workload/workload.js'
import { isDaemon, isLongTerminating, isMirrorPod, isTerminal, momentOf } from './pod-state.js'
import type { AutoscaledPod } from './words.js'

/** A controller that exists, with its replicas where it has a number of them. */
export interface KnownController {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly replicas?: number | undefined
}

/** The flags of the removal of nodes. */
export interface RemovalOptions {
  readonly skipNodesWithSystemPods: boolean
  readonly skipNodesWithLocalStorage: boolean
  readonly skipNodesWithCustomControllerPods: boolean
  readonly minReplicaCount: number
  readonly blockingSystemPodTimeoutSeconds: number
}

/** What the rules look at beside the pod. */
export interface RemovalWorld {
  readonly controllers: readonly KnownController[]
  readonly pdbs: readonly PodDisruptionBudget[]
  readonly options: RemovalOptions
  readonly now: Instant
}

/** Why a pod keeps its node. */
export type BlockingReason =
  | 'ControllerNotFound'
  | 'LocalStorageRequested'
  | 'MinReplicasReached'
  | 'NotEnoughPdb'
  | 'NotReplicated'
  | 'NotSafeToEvictAnnotation'
  | 'UnmovableKubeSystemPod'

/**
 * `move`: it goes elsewhere; `skip`: it neither moves nor is in the way; `wait`: the node goes when
 * it has ended; `block`: the node stays.
 */
export type PodRemoval =
  | { readonly outcome: 'move' | 'skip' | 'wait' }
  | { readonly outcome: 'block'; readonly reason: BlockingReason }

/** What becomes of the pod. */
export const podRemoval = (pod: AutoscaledPod, world: RemovalWorld): PodRemoval => {
  for (const rule of removalRules) {
    const found = rule(pod, world)
    if (found !== undefined) return found
  }
  return move
}

type RemovalRule = (pod: AutoscaledPod, world: RemovalWorld) => PodRemoval | undefined

const move: PodRemoval = { outcome: 'move' }
const block = (reason: BlockingReason): PodRemoval => ({ outcome: 'block', reason })

const safeToEvict = ({ metadata }: AutoscaledPod): string | undefined =>
  metadata.annotations.get('cluster-autoscaler.kubernetes.io/safe-to-evict')

const skippedPod: RemovalRule = (pod, { now }) =>
  isMirrorPod(pod) || isLongTerminating(pod, now) ? { outcome: 'skip' } : undefined

const builtInGroup = /^(?:v1|(?:apps|batch|extensions)\/[^/]+)$/
const replicaKinds = ['ReplicaSet', 'ReplicationController']

/**
 * StatefulSets, Jobs and DaemonSets must exist, but are not held to the least number of replicas. A
 * pod that only says that it is of a daemon is asked when a ReplicationController has made it.
 * Controllers of other API groups are taken to exist.
 */
const replicaCount: RemovalRule = (pod, { controllers, options }) => {
  const { kind, name, apiVersion = '' } = controllerRefOf(pod.metadata) ?? {}
  if (kind === undefined || !options.skipNodesWithCustomControllerPods) return undefined
  const isNamed = isDaemon(pod)
    ? kind === 'DaemonSet' || kind === 'ReplicationController'
    : replicatedKinds.includes(kind)
  if (!isNamed || !builtInGroup.test(apiVersion)) return undefined
  const found = controllers.find(
    (one) => one.kind === kind && one.name === name && one.namespace === namespaceOf(pod.metadata),
  )
  if (found === undefined) return block('ControllerNotFound')
  const isBelow = (found.replicas ?? Infinity) < options.minReplicaCount
  return replicaKinds.includes(kind) && isBelow ? block('MinReplicasReached') : undefined
}

/** Pods of daemons, pods that say that they may go, and pods that have ended. */
const free: RemovalRule = (pod) =>
  isDaemon(pod) || safeToEvict(pod) === 'true' || isTerminal(pod) ? move : undefined

const onCompletion: RemovalRule = (pod) =>
  safeToEvict(pod) === 'on-completion' ? { outcome: 'wait' } : undefined

const replicatedKinds = [...replicaKinds, 'Job', 'StatefulSet']

const notReplicated: RemovalRule = (pod, { options }) => {
  const kind = controllerRefOf(pod.metadata)?.kind
  const isReplicated =
    kind !== undefined &&
    (!options.skipNodesWithCustomControllerPods || replicatedKinds.includes(kind))
  return isReplicated ? undefined : block('NotReplicated')
}

/** After the timeout no later rule is asked, so that such a pod has no protection left. */
const system: RemovalRule = (pod, { options, pdbs, now }) => {
  const { metadata } = pod
  if (!options.skipNodesWithSystemPods || namespaceOf(metadata) !== 'kube-system') return undefined
  if (pdbs.some((budget) => isCovered(budget, pod))) return undefined
  const timeout = options.blockingSystemPodTimeoutSeconds * 1000
  const isOld =
    metadata.creationTimestamp !== undefined &&
    later(momentOf(metadata.creationTimestamp), timeout) < now
  return isOld ? move : block('UnmovableKubeSystemPod')
}

const notSafe: RemovalRule = (pod) =>
  safeToEvict(pod) === 'false' ? block('NotSafeToEvictAnnotation') : undefined

/** Names of volumes are listed with commas; blanks around a name belong to it. */
const localStorage: RemovalRule = ({ metadata, spec }, { options }) => {
  const key = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes'
  const safe = metadata.annotations.get(key)?.split(',') ?? []
  const isBlocking = spec.volumes.some(
    ({ name, source, emptyDir }) =>
      (source === 'hostPath' || (source === 'emptyDir' && emptyDir?.medium !== 'Memory')) &&
      !safe.includes(name ?? ''),
  )
  return options.skipNodesWithLocalStorage && isBlocking
    ? block('LocalStorageRequested')
    : undefined
}

const budgets: RemovalRule = (pod, { pdbs }) =>
  pdbs.some((budget) => isCovered(budget, pod) && (budget.status?.disruptionsAllowed ?? 0) < 1)
    ? block('NotEnoughPdb')
    : undefined

const removalRules: readonly RemovalRule[] = [
  skippedPod,
  replicaCount,
  free,
  onCompletion,
  notReplicated,
  system,
  notSafe,
  localStorage,
  budgets,
]
