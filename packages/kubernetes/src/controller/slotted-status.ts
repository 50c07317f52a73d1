/**
 * Computes the status, with the pod counts, of a StatefulSet or a DaemonSet from the memory (the
 * state) of the workload controllers.
 */
import type { Instant, ReplicaId } from '@stowage/kernel'
import { statefulTurn } from '../stateful-set/stateful-turn.js'
import type { KubernetesMemory, PodRecord, SlottedRecord } from '../memory/memory.js'
import type { PodCounts } from './pod-counts.js'
import { isAvailableSlot, isUpdatedSlot, ordinalPods, statefulTermsOf } from './slotted.js'

/** A StatefulSet or a DaemonSet. */
export interface SlottedStatus extends PodCounts {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  /** Namespace and name. */
  readonly name: string
  /** Those of the present template. */
  readonly updated: number
  /** Whether all its pods are available and, but for those below a partition, up to date. */
  readonly complete: boolean
  /** Why it does not go on, where that is not for want of a node. */
  readonly note?: string
}

/** The status at an instant; `withoutNode` pods wait for a node. */
export const slottedStatus = (
  memory: KubernetesMemory,
  record: SlottedRecord,
  { now, withoutNode }: { readonly now: Instant; readonly withoutNode: number },
): SlottedStatus => {
  const { ordinals, daemon, name, waiting } = record
  const all = [...record.members.keys()].flatMap((replica) => {
    const pod = memory.pods.get(replica)
    return pod === undefined ? [] : [[replica, pod] as const]
  })
  const pods = all.filter(([, { isLeaving }]) => !isLeaving).map(([, pod]) => pod)
  const desired =
    ordinals?.replicas ??
    [...(daemon?.countedNodes.values() ?? [])].filter(({ shouldRun }) => shouldRun).length
  const updated =
    pods.filter(({ slot }) => isUpdatedSlot(record, slot!)).length +
    [...waiting.values()].filter((slot) => isUpdatedSlot(record, slot)).length
  const available = pods.filter((pod) => isAvailableSlot(record, pod, now)).length
  const replicas = pods.length + waiting.size
  const note =
    memory.refusals.get(record.title)?.message ??
    noteOf(record, all, { now, old: replicas - updated })
  const partition = ordinals === undefined ? 0 : (record.strategy.rollingUpdate?.partition ?? 0)
  return {
    ...{ kind: ordinals === undefined ? 'DaemonSet' : 'StatefulSet', name, desired, replicas },
    ready: pods.filter(({ readyAt }) => readyAt !== undefined).length,
    ...{ available, waiting: withoutNode, leaving: all.length - pods.length, updated },
    complete:
      available === desired &&
      replicas === desired &&
      updated >= desired - Math.min(partition, desired),
    ...(note === undefined ? {} : { note }),
  }
}

const noteOf = (
  record: SlottedRecord,
  pods: readonly (readonly [ReplicaId, PodRecord])[],
  { now, old }: { readonly now: Instant; readonly old: number },
): string | undefined => {
  const isOnDelete = record.strategy.type === 'OnDelete'
  if (isOnDelete && old > 0)
    return `${old} of an older template stay until they are deleted: its update strategy is OnDelete`
  if (record.ordinals === undefined) return undefined
  const { waitsFor } = statefulTurn(statefulTermsOf(record), ordinalPods(record, pods, now))
  return waitsFor === undefined || old === 0
    ? undefined
    : `waits until ordinal ${waitsFor} is available, as its pods go one after the other`
}
