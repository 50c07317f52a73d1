/**
 * Reconciles a ReplicaSet: keeps as many pods as its `replicas` states. Pods that were deleted or
 * have ended do not count.
 * 1. If there are too few pods, it adds pods, which have no node yet, as far as ResourceQuotas
 *    allow.
 * 2. If there are too many pods, it deletes pods without a node first, then others in the order of
 *    `deletion-order.ts`.
 *
 * Source: Kubernetes documentation, "ReplicaSet", and the recorded answers of Kubernetes 1.37.
 */
import type { ReplicaId } from '@stowage/kernel'
import { podsToDelete } from './deletion-order.js'
import {
  addWaiting,
  isActivePod,
  setMembers,
  orderStarts,
  podIn,
  releasePod,
  removeSet,
  setIn,
  setsOfDeployment,
  stopPod,
  titleOfSet,
  type MemoryEdit,
} from '../memory/edit.js'
import { allowPods, noteRefusal } from '../memory/quota-use.js'
import { actualOf, waitingIn, type PodRecord, type ReplicaSetRecord } from '../memory/memory.js'

/**
 * The most pods that are deleted in one sync. The next sync sorts the rest anew. Kubernetes also
 * creates at most 500 pods in one sync, and tries one, then two, four and so on, to stop early
 * where creating one fails. Here none fails and all syncs of a pass take no time, so neither could
 * be seen.
 */
const deletionsMax = 500

/** Reconciles a ReplicaSet; one that was deleted goes with all its pods. */
export const syncReplicaSet = (edit: MemoryEdit, name: string): void => {
  const found = setIn(edit, name)
  if (found === undefined) return
  if (found.isDeleted && found.isOrphaning === true) releaseMembers(edit, found)
  const desired = found.isDeleted ? 0 : found.replicas
  const set = withPresentClass(edit, found)
  const surplus = actualOf(set) - desired
  if (surplus < 0 && set.template.refusal === undefined) startPods(edit, set, -surplus)
  else noteRefusal(edit, titleOfSet(name), undefined)
  if (surplus > 0) deletePods(edit, set, surplus)
  if (found.isDeleted) removeSet(edit, setIn(edit, name)!)
}

/** The pods of a ReplicaSet that leaves them behind; those that wait for a node are given up. */
const releaseMembers = (edit: MemoryEdit, set: ReplicaSetRecord): void => {
  for (const replica of setMembers(edit, set)) {
    const pod = podIn(edit, replica)
    if (pod !== undefined) releasePod(edit, replica, pod)
  }
}

/** Pods that wait are of the template's class also when that was replaced by another. */
const withPresentClass = (edit: MemoryEdit, set: ReplicaSetRecord): ReplicaSetRecord => {
  const present = edit.before.classes.get(set.template.classKey)?.class
  return set.waiting
    .filter((row) => present !== undefined && row.class !== present)
    .reduce((before, row) => {
      orderStarts(edit, set.name, row.class, -row.count)
      orderStarts(edit, set.name, present!, row.count)
      return addWaiting(edit, addWaiting(edit, before, row.class, -row.count), present!, row.count)
    }, set)
}

const startPods = (edit: MemoryEdit, set: ReplicaSetRecord, count: number): void => {
  const { class: classId } = edit.before.classes.get(set.template.classKey)!
  const allowed = allowPods(edit, set, set.template, count)
  if (allowed.count > 0) {
    addWaiting(edit, set, classId, allowed.count)
    orderStarts(edit, set.name, classId, allowed.count)
  }
  noteRefusal(edit, titleOfSet(set.name), allowed.refusal)
}

const deletePods = (edit: MemoryEdit, set: ReplicaSetRecord, surplus: number): void => {
  const withdrawn = Math.min(surplus, waitingIn(set))
  withdrawPods(edit, set, withdrawn)
  for (let left = surplus - withdrawn; left > 0; left -= deletionsMax)
    deleteRanked(edit, setIn(edit, set.name)!, Math.min(left, deletionsMax))
}

const withdrawPods = (edit: MemoryEdit, set: ReplicaSetRecord, count: number): void => {
  let left = count
  let rest = set
  if (count > 0) edit.quotas.isFreed = true
  for (const row of set.waiting) {
    const part = Math.min(left, row.count)
    left -= part
    if (part === 0) continue
    rest = addWaiting(edit, rest, row.class, -part)
    orderStarts(edit, set.name, row.class, -part)
  }
}

const deleteRanked = (edit: MemoryEdit, set: ReplicaSetRecord, count: number): void => {
  const replicas = activePods(edit, set)
  const related = relatedSets(edit, set).flatMap((one) =>
    one.name === set.name ? [...replicas.keys()] : [...activePods(edit, one).keys()],
  )
  const reason = because(set)
  for (const pod of podsToDelete([...replicas.keys()], related, count, edit.now))
    stopPod(edit, replicas.get(pod)!, reason)
}

const because = ({ name, isDeleted }: ReplicaSetRecord): string =>
  isDeleted ? `${titleOfSet(name)} was deleted` : `${titleOfSet(name)} has more pods than it wants`

/** The ReplicaSets of the same Deployment; none for one that no Deployment controls. */
const relatedSets = (
  edit: MemoryEdit,
  { deployment }: ReplicaSetRecord,
): readonly ReplicaSetRecord[] =>
  deployment === undefined
    ? []
    : setsOfDeployment(edit, deployment).flatMap((name) => setIn(edit, name) ?? [])

/** The active pods of a ReplicaSet, each with its replica. */
const activePods = (edit: MemoryEdit, set: ReplicaSetRecord): ReadonlyMap<PodRecord, ReplicaId> => {
  const active = new Map<PodRecord, ReplicaId>()
  for (const replica of setMembers(edit, set)) {
    const pod = podIn(edit, replica)
    if (pod !== undefined && isActivePod(pod)) active.set(pod, replica)
  }
  return active
}

/** Ends the pods that were deleted or have ended, whatever they belong to. */
export const endPod = (edit: MemoryEdit, replica: ReplicaId, { ending }: PodRecord): void => {
  if (ending !== undefined) stopPod(edit, replica, ending)
}
