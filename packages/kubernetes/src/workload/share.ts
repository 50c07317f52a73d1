/**
 * Separates running pods from pending ones. A dump of a live cluster contains a workload together
 * with the pods that it has made. Each of these pods reduces the workload's pending count, except a
 * pod that is being deleted, because the workload will replace it.
 */
import { byCodeUnit } from '@stowage/kernel'
import { topOwners } from './owners.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/** A workload with `count` pending pods. */
export interface PendingWorkload extends KubernetesWorkload {
  readonly priority: number
  /** The API server's message when it refuses the pods. */
  readonly refusal?: string
  /** The numbers of the pending pods of a StatefulSet, `count` of them. */
  readonly ordinals?: readonly number[]
}

/** A pod on a node; `name` is that of its topmost owner. */
export interface RunningPod extends PendingWorkload {
  readonly nodeName: string
  readonly leaving: boolean
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
export const shared = (workloads: readonly PendingWorkload[]): Shares => {
  const topOf = topOwners(workloads)
  const named = (pod: PendingWorkload): PendingWorkload => {
    const top = topOf(pod)
    return { ...pod, kind: top.kind, name: top.name }
  }
  const pods = workloads.filter(({ kind }) => kind === 'Pod')
  const existing = existingBy(pods, topOf)
  const tops = workloads
    .filter((workload) => workload.kind !== 'Pod' && topOf(workload) === workload)
    .map((top) => withoutPods(top, existing.get(titleOf(top)) ?? []))
  const pending = pods.filter((pod) => !isPlaced(pod.spec.nodeName))
  return {
    pending: [...tops, ...pending.filter((pod) => !isOfDaemonSet(pod, topOf)).map(named)].sort(
      bySortKey,
    ),
    repeated: pending
      .filter((pod) => isOfDaemonSet(pod, topOf))
      .map(named)
      .sort(bySortKey),
    running: pods
      .flatMap((pod) => {
        const { nodeName } = pod.spec
        if (nodeName === undefined || !isPlaced(nodeName)) return []
        return [{ ...named(pod), nodeName, leaving: isLeaving(pod) }]
      })
      .sort(bySortKey),
  }
}

/** The names of the existing pods of each workload, without leaving ones. */
const existingBy = (
  pods: readonly PendingWorkload[],
  topOf: (pod: KubernetesWorkload) => KubernetesWorkload,
): ReadonlyMap<string, readonly string[]> => {
  const existing = new Map<string, string[]>()
  for (const pod of pods) {
    if (topOf(pod) === pod || isLeaving(pod)) continue
    const title = titleOf(topOf(pod))
    existing.set(title, [...(existing.get(title) ?? []), pod.metadata.name])
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

/** Whether a pod with this `spec.nodeName` is on a node. */
export const isPlaced = (nodeName: string | undefined): boolean =>
  nodeName !== undefined && nodeName !== ''

/** The workload with the pods that it still lacks, given the names of those that exist. */
const withoutPods = (top: PendingWorkload, existing: readonly string[]): PendingWorkload => {
  if (top.count === 'one per node') return top
  const count = Math.max(0, top.count - existing.length)
  if (top.stateful === undefined) return { ...top, count }
  const { start } = top.stateful
  const names = new Set(existing)
  const ordinals = Array.from({ length: top.count }, (_, i) => start + i)
  const lacking = ordinals.filter((ordinal) => !names.has(podNameOf(top, ordinal)))
  return { ...top, count, ordinals: lacking.slice(0, count) }
}

/** The name of a StatefulSet's pod. */
export const podNameOf = ({ metadata }: KubernetesWorkload, ordinal: number): string =>
  `${metadata.name}-${ordinal}`

const sortKey = (workload: KubernetesWorkload): string =>
  [workload.name, workload.kind, fullName(workload.metadata)].join(' ')

const bySortKey = (one: KubernetesWorkload, other: KubernetesWorkload): number =>
  byCodeUnit(sortKey(one), sortKey(other))
