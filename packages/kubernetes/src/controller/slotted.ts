/**
 * Reconciles the workloads whose pods have a slot each: StatefulSets (a slot is an ordinal),
 * DaemonSets (a slot is a node) and Jobs (a slot is an index or a serial number). A sync applies
 * the rules of the workload's kind until nothing is left to do at this instant.
 */
import type { NodeId, ReplicaId } from '@stowage/kernel'
import { daemonBounds, daemonTurn, type DaemonPod } from '../daemon-set/daemon-turn.js'
import { statefulTurn, type OrdinalPod, type StatefulTerms } from '../stateful-set/stateful-turn.js'
import { statefulUnavailableMax } from '../stateful-set/unavailable-max.js'
import { releasePod, slottedIn, slottedPods, stopPod, type MemoryEdit } from '../memory/edit.js'
import { noteRefusal } from '../memory/quota-use.js'
import type { PodRecord, PodSlot, SlottedRecord } from '../memory/memory.js'
import { alignClaims, releaseClaims } from './claims.js'
import { isExpired, jobSync } from './job.js'
import { clearRevisions, orphanRevisions } from './revision-history.js'
import { revisionLabelKey, revisionLabel } from './revision-label.js'
import { startSlot, waitInSlot, withdrawSlot } from './slot.js'

/**
 * Reconciles a workload; one that was deleted goes with all its pods. A slot is taken until its pod
 * is gone.
 */
export const syncSlotted = (edit: MemoryEdit, title: string): void => {
  const found = slottedIn(edit, title)
  if (found === undefined) return
  if (found.isDeleted || isExpired(edit, found)) return removeSlotted(edit, found)
  if (found.pod !== undefined && found.waiting.size === 0) startSlot(edit, title, 0, found.template)
  refreshWaiting(edit, found)
  const before = slottedIn(edit, title)!
  alignClaims(edit, before, slottedPods(edit, before))
  edit.attempts.delete(title)
  while (takeTurn(edit, slottedIn(edit, title)!));
  noteRefusal(edit, title, edit.attempts.get(title))
  clearRevisions(edit, title)
  const after = slottedIn(edit, title)!
  alignClaims(edit, after, slottedPods(edit, after))
  if (found.job === undefined) setSlottedDue(edit, after)
}

const takeTurn = (edit: MemoryEdit, record: SlottedRecord): boolean =>
  record.job !== undefined
    ? jobSync(edit, record, record.job)
    : record.daemon !== undefined
      ? daemonSync(edit, record, record.daemon)
      : record.ordinals !== undefined && statefulSync(edit, record)

const removeSlotted = (edit: MemoryEdit, record: SlottedRecord): void => {
  const because = record.isDeleted ? `${record.title} was deleted` : `${record.title} has expired`
  for (const [replica, pod] of slottedPods(edit, record))
    if (record.isOrphaning === true) releasePod(edit, replica, labelledPod(record, pod))
    else stopPod(edit, replica, because)
  for (const slot of record.waiting.keys()) withdrawSlot(edit, record, slot)
  releaseClaims(edit, record)
  if (record.isOrphaning === true) orphanRevisions(edit, record)
  edit.slotted.set(record.title, undefined)
  edit.members.delete(record.title)
  edit.dues.set(record.title, undefined)
  noteRefusal(edit, record.title, undefined)
  edit.gone.add(record.title)
  if (record.job?.cronJob !== undefined) edit.dirtyCronJobs.add(record.job.cronJob)
}

/** The pod with the label of its version. */
const labelledPod = (record: SlottedRecord, pod: PodRecord): PodRecord =>
  record.revisions === undefined
    ? pod
    : {
        ...pod,
        labels: new Map([...pod.labels, [revisionLabelKey, revisionLabel(record, pod.slot!)]]),
      }

/** Whether a pod is of the present template. */
export const isUpdatedSlot = (
  { template, first }: SlottedRecord,
  { text }: Pick<PodSlot, 'text'>,
) => {
  if (!text.startsWith('label ')) return text === template.text
  const label = text.slice('label '.length)
  const isOfFirst = label === '' || first.hash === '' || label === first.hash
  return isOfFirst && first.text === template.text
}

/** Whether a pod has been ready for long enough. */
export const isAvailableSlot = (
  { minReady }: Pick<SlottedRecord, 'minReady'>,
  { readyAt, isLeaving }: Pick<PodRecord, 'readyAt' | 'isLeaving'>,
  now: number,
): boolean => !isLeaving && readyAt !== undefined && readyAt + minReady <= now

/** What waits is of the present class of its template, and of the present template. */
const refreshWaiting = (edit: MemoryEdit, record: SlottedRecord): void => {
  for (const [key, { class: classId, text }] of record.waiting) {
    const template = [record.template, record.current].find((one) => one.text === text)
    const present = template && edit.before.classes.get(template.classKey)?.class
    if (template !== undefined && present === classId) continue
    withdrawSlot(edit, slottedIn(edit, record.title)!, key)
    waitInSlot(edit, slottedIn(edit, record.title)!, key, template ?? record.template)
  }
}

const stopReason = ({ title }: SlottedRecord, isOutdated: boolean): string =>
  isOutdated ? `${title} replaces an older revision` : `${title} has no place for it`

/** The terms of a StatefulSet. */
export const statefulTermsOf = ({ ordinals, strategy }: SlottedRecord): StatefulTerms => {
  const { replicas, start, isParallel } = ordinals!
  const { partition = 0, maxUnavailable } = strategy.rollingUpdate ?? {}
  return {
    ...{ replicas, start, isParallel, partition },
    isOnDelete: strategy.type === 'OnDelete',
    unavailableMax: statefulUnavailableMax(maxUnavailable, replicas),
  }
}

/** The pods of a StatefulSet, those that wait for a node among them. */
export const ordinalPods = (
  record: SlottedRecord,
  pods: readonly (readonly [ReplicaId, PodRecord])[],
  now: number,
): readonly OrdinalPod[] => [
  ...pods.map(([, pod]) => ({
    ordinal: pod.slot!.key,
    isReady: pod.readyAt !== undefined && !pod.isLeaving,
    isAvailable: isAvailableSlot(record, pod, now),
    isLeaving: pod.isLeaving,
    isUpdated: isUpdatedSlot(record, pod.slot!),
  })),
  ...[...record.waiting].map(([ordinal, slot]) => ({
    ...{ ordinal, isReady: false, isAvailable: false, isLeaving: false },
    isUpdated: isUpdatedSlot(record, slot),
  })),
]

/** One turn of a StatefulSet; whether it did anything. */
const statefulSync = (edit: MemoryEdit, record: SlottedRecord): boolean => {
  const { template, current } = record
  const pods = slottedPods(edit, record)
  const terms = statefulTermsOf(record)
  const known = ordinalPods(record, pods, edit.now)
  const { made, removed } = statefulTurn(terms, known)
  const started = made.filter(({ ordinal, isUpdated }) =>
    startSlot(edit, record.title, ordinal, isUpdated ? template : current),
  )
  // A sync ends where a pod is refused.
  if (started.length < made.length) return started.length > 0
  for (const { ordinal, isOutdated } of removed)
    removeSlot(edit, slottedIn(edit, record.title)!, ordinal, pods, isOutdated)
  const isDone = known.filter(({ isReady, isUpdated }) => isReady && isUpdated).length
  if (current !== template && isDone === terms.replicas && known.length === terms.replicas)
    edit.slotted.set(record.title, { ...slottedIn(edit, record.title)!, current: template })
  return made.length + removed.length > 0
}

const removeSlot = (
  edit: MemoryEdit,
  record: SlottedRecord,
  key: number,
  pods: readonly (readonly [ReplicaId, PodRecord])[],
  isOutdated: boolean,
): void => {
  if (record.waiting.has(key)) withdrawSlot(edit, record, key)
  for (const [replica, { slot }] of pods)
    if (slot!.key === key) stopPod(edit, replica, stopReason(record, isOutdated))
}

/** A daemon pod: its replica, or nothing while it waits for its node. */
interface DaemonId {
  readonly key: number
  readonly replica: ReplicaId | undefined
}

/** One turn of a DaemonSet; whether it did anything. */
const daemonSync = (
  edit: MemoryEdit,
  record: SlottedRecord,
  daemon: NonNullable<SlottedRecord['daemon']>,
): boolean => {
  const { template, strategy, waiting } = record
  const { nodes } = daemon
  if (daemon.countedNodes !== nodes)
    edit.slotted.set(record.title, { ...record, daemon: { ...daemon, countedNodes: nodes } })
  const byNode = daemonPodsByNode(edit, record)
  const all = [...new Set<number>([...nodes.keys(), ...byNode.keys()])].sort((a, b) => a - b)
  const count = [...nodes.values()].filter(({ shouldRun }) => shouldRun).length
  const { made, removed } = daemonTurn(
    all.map((node) => ({
      ...{ node, pods: byNode.get(node) ?? [] },
      ...(nodes.get(node as NodeId) ?? { shouldRun: false, shouldContinueRunning: false }),
    })),
    strategy.type === 'OnDelete' ? undefined : daemonBounds(strategy.rollingUpdate, count),
  )
  const fresh = made.filter(
    (node) => !waiting.has(node) && startSlot(edit, record.title, node, template),
  )
  for (const { id, isOutdated } of removed)
    if (id.replica === undefined) withdrawSlot(edit, slottedIn(edit, record.title)!, id.key)
    else stopPod(edit, id.replica, stopReason(record, isOutdated))
  return fresh.length + removed.length > 0
}

const daemonPodsByNode = (
  edit: MemoryEdit,
  record: SlottedRecord,
): ReadonlyMap<number, readonly DaemonPod<DaemonId>[]> => {
  const byNode = new Map<number, DaemonPod<DaemonId>[]>()
  const add = (key: number, pod: DaemonPod<DaemonId>): void => {
    const others = byNode.get(key)
    if (others === undefined) byNode.set(key, [pod])
    else others.push(pod)
  }
  for (const [replica, pod] of slottedPods(edit, record))
    add(pod.slot!.key, {
      id: { key: pod.slot!.key, replica },
      isReady: pod.readyAt !== undefined,
      isAvailable: isAvailableSlot(record, pod, edit.now),
      isLeaving: pod.isLeaving,
      isUpdated: isUpdatedSlot(record, pod.slot!),
    })
  for (const [key, slot] of record.waiting)
    add(key, {
      ...{ id: { key, replica: undefined }, isReady: false, isAvailable: false, isLeaving: false },
      isUpdated: isUpdatedSlot(record, slot),
    })
  return byNode
}

/** Wakes the workload when its next pod becomes available. */
const setSlottedDue = (edit: MemoryEdit, record: SlottedRecord): void => {
  const times = slottedPods(edit, record).flatMap(([, { readyAt, isLeaving }]) =>
    readyAt === undefined || isLeaving || readyAt + record.minReady <= edit.now
      ? []
      : [readyAt + record.minReady],
  )
  const [first] = [...times].sort((a, b) => a - b)
  edit.dues.set(record.title, first as typeof edit.now | undefined)
}
