/**
 * Pods that are on nodes, and those that still need one. In a dump of a live cluster a workload
 * comes with the pods that it has made: these are taken off its number, unless they are leaving, as
 * then others take their place.
 */
import { byCodeUnit } from '@stowage/kernel'
import { topOwners } from './owners.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

/** A workload whose pods still need nodes: `count` pods of it. */
export interface PendingWorkload extends KubernetesWorkload {
  readonly priority: number
  /** What the API server says where it would not make the pods. */
  readonly refusal?: string
}

/** A pod on a node; `name` is that of the workload at the top of its owners. */
export interface RunningPod extends PendingWorkload {
  readonly nodeName: string
  readonly leaving: boolean
}

/** All by name, in code-unit order. */
export interface Shares {
  readonly pending: readonly PendingWorkload[]
  readonly running: readonly RunningPod[]
  /** Pods that wait for a node for which their DaemonSet asks anyway. */
  readonly repeated: readonly PendingWorkload[]
}

/** Tells the pods on nodes from what is still wanted. */
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
    .map((top) => ({ ...top, count: without(top.count, existing.get(titleOf(top)) ?? 0) }))
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

/** How many pods each workload has already. */
const existingBy = (
  pods: readonly PendingWorkload[],
  topOf: (pod: KubernetesWorkload) => KubernetesWorkload,
): ReadonlyMap<string, number> => {
  const existing = new Map<string, number>()
  for (const pod of pods) {
    const title = titleOf(topOf(pod))
    if (topOf(pod) !== pod && !isLeaving(pod)) existing.set(title, (existing.get(title) ?? 0) + 1)
  }
  return existing
}

const isLeaving = ({ metadata }: KubernetesWorkload): boolean =>
  metadata.deletionTimestamp !== undefined

/**
 * A DaemonSet asks for its pods node by node, so those that wait for a node are not counted again.
 */
const isOfDaemonSet = (
  pod: PendingWorkload,
  topOf: (pod: KubernetesWorkload) => KubernetesWorkload,
): boolean => topOf(pod) !== pod && topOf(pod).kind === 'DaemonSet'

export const isPlaced = (nodeName: string | undefined): boolean =>
  nodeName !== undefined && nodeName !== ''

const without = (
  count: KubernetesWorkload['count'],
  existing: number,
): KubernetesWorkload['count'] => (count === 'one per node' ? count : Math.max(0, count - existing))

const sortKey = (workload: KubernetesWorkload): string =>
  [workload.name, workload.kind, fullName(workload.metadata)].join(' ')

const bySortKey = (one: KubernetesWorkload, other: KubernetesWorkload): number =>
  byCodeUnit(sortKey(one), sortKey(other))
