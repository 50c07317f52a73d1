/**
 * Separates running pods from pending ones in a dump of a live cluster, which contains a workload
 * together with its pods. Each existing pod reduces the number of pods that the workload still
 * needs. A pod that is being deleted does not, because the workload will replace it.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { WireObject, WirePod } from '../wire/objects.js'
import { topOwners } from './owners.js'
import type { PodCount } from './pod-count.js'
import { isStored } from './stored.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/** A workload with `count` pending pods. */
export interface PendingWorkload extends KubernetesWorkload {
  readonly priority: number
  /** The number of pods that a controller wants in all, with those that exist. */
  readonly replicas?: number
  /** The API server's message when it refuses the pods. */
  readonly refusal?: string
  /** One of the pods as the API server stores it. */
  readonly stored?: WirePod
  /** The claims that a StatefulSet makes for each pod, by the names of their templates. */
  readonly storedClaims?: readonly WireObject[]
  /** Of a paused Deployment: `namespace/name` of the ReplicaSet that makes these pods. */
  readonly set?: string
}

/** A pod on a node; `name` is that of its topmost owner. */
export interface RunningPod extends PendingWorkload {
  readonly nodeName: string
  readonly leaving: boolean
  /** Whether it is yet to be created: its manifest names the node, and no scheduler chose it. */
  readonly isNew: boolean
}

/** Pods by what is left to do for them, each list sorted by name in code-unit order. */
export interface Shares {
  readonly pending: readonly PendingWorkload[]
  readonly running: readonly RunningPod[]
  /**
   * Pending pods of a DaemonSet that is an object too, and already requests a pod for each node.
   */
  readonly repeated: readonly PendingWorkload[]
}

/** Separates running pods, pending pods, and pending pods that a DaemonSet repeats. */
export const separateWorkloads = (workloads: readonly PendingWorkload[]): Shares => {
  const topOf = topOwners(workloads)
  const named = (pod: PendingWorkload): PendingWorkload => {
    const top = topOf(pod)
    return { ...pod, kind: top.kind, name: top.name }
  }
  const pods = workloads.filter(({ kind }) => kind === 'Pod')
  const existing = existingBy(pods, topOf)
  const tops = workloads
    .filter((workload) => workload.kind !== 'Pod' && topOf(workload) === workload)
    .map((top) => ({
      ...top,
      ...missingPods(top, existing.get(titleOf(top)) ?? []),
      ...(top.count === 'one per node' ? {} : { replicas: top.count }),
    }))
  const pending = pods.filter((pod) => !isPlaced(pod.spec.nodeName))
  return {
    pending: sortWorkloads([
      ...tops,
      ...pending.filter((pod) => !isOfDaemonSet(pod, topOf)).map(named),
    ]),
    repeated: sortWorkloads(pending.filter((pod) => isOfDaemonSet(pod, topOf)).map(named)),
    running: sortWorkloads(
      pods.flatMap((pod) => {
        const { nodeName } = pod.spec
        if (nodeName === undefined || !isPlaced(nodeName)) return []
        return [
          // New fields first: an object to which a copy adds fields has a hidden class of its own.
          { nodeName, leaving: isLeaving(pod), isNew: !isStored(pod.template), ...named(pod) },
        ]
      }),
    ),
  }
}

/** The existing pods of each workload by its title, without leaving ones that are replaced now. */
const existingBy = (
  pods: readonly PendingWorkload[],
  topOf: (pod: KubernetesWorkload) => KubernetesWorkload,
): ReadonlyMap<string, readonly PendingWorkload[]> => {
  const existing = new Map<string, PendingWorkload[]>()
  for (const pod of pods) {
    const top = topOf(pod)
    if (top === pod || (isLeaving(pod) && top.isReplacedOnceGone !== true)) continue
    const title = titleOf(top)
    const before = existing.get(title)
    if (before === undefined) existing.set(title, [pod])
    else before.push(pod)
  }
  return existing
}

const isLeaving = ({ metadata }: KubernetesWorkload): boolean =>
  metadata.deletionTimestamp !== undefined

/**
 * Whether the pod belongs to a DaemonSet, which requests pods node by node: its pending pods must
 * not be counted again.
 */
const isOfDaemonSet = (
  pod: PendingWorkload,
  topOf: (pod: KubernetesWorkload) => KubernetesWorkload,
): boolean => topOf(pod) !== pod && topOf(pod).kind === 'DaemonSet'

/**
 * Whether the workload is a pod that is an object. A pod that a controller is yet to make has a
 * name only where it has an index.
 */
export const isPodObject = ({ named, indices }: PendingWorkload): boolean =>
  named !== undefined && indices === undefined

/** Whether a pod with this `spec.nodeName` is on a node. */
export const isPlaced = (nodeName: string | undefined): boolean =>
  nodeName !== undefined && nodeName !== ''

/**
 * What a workload still lacks beside the existing pods. A StatefulSet lacks the pods of its own
 * ordinals: one with a higher ordinal is no substitute, and goes.
 */
const missingPods = (
  { kind, count, indices }: PendingWorkload,
  existing: readonly PendingWorkload[],
): PodCount => {
  if (count === 'one per node') return { count }
  const left = Math.max(0, count - existing.length)
  if (indices === undefined) return { count: left }
  const taken = new Set(existing.map(indexOf))
  const open = indices.filter((index) => !taken.has(index))
  return kind === 'StatefulSet'
    ? { count: open.length, indices: open }
    : { count: left, indices: open.slice(0, left) }
}

/** The index of an existing pod, from its labels or its name; `NaN` when it has none. */
export const indexOf = ({
  labels,
  metadata: { name },
}: Pick<KubernetesWorkload, 'labels' | 'metadata'>): number => {
  const label =
    labels.get('apps.kubernetes.io/pod-index') ??
    labels.get('batch.kubernetes.io/job-completion-index')
  return Number(label ?? /-(\d+)$/.exec(name)?.[1] ?? NaN)
}

const sortKey = (workload: KubernetesWorkload): string =>
  [workload.name, workload.kind, fullName(workload.metadata)].join(' ')

/** In the order of their sort keys, each of which is made once. */
const sortWorkloads = <Of extends KubernetesWorkload>(workloads: readonly Of[]): readonly Of[] =>
  workloads
    .map((workload) => ({ workload, key: sortKey(workload) }))
    .sort((one, other) => byCodeUnit(one.key, other.key))
    .map(({ workload }) => workload)
