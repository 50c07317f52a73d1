/**
 * Lets StatefulSets, DaemonSets and Jobs adopt the pods that match their selectors and have no
 * controller. A StatefulSet adopts only pods with its name and an ordinal, and an Indexed Job only
 * pods with an index. If several workloads match, the first by kind and name adopts.
 *
 * Source: Kubernetes documentation, "StatefulSets", "DaemonSet" and "Jobs" (specifying your own Pod
 * selector).
 */
import { byCodeUnit, type ReplicaId } from '@stowage/kernel'
import { allSlotted, podIn, putPod, slottedIn, type MemoryEdit } from '../memory/edit.js'
import type { PodRecord, PodSlot, SlottedRecord } from '../memory/memory.js'
import { selects } from '../words/label-selector.js'
import { revisionLabelKey } from './revision-label.js'

/** Gives stray pods to workloads that are new, and pods that are new to any. */
export const adoptIntoSlots = (edit: MemoryEdit, pods: readonly ReplicaId[]): void => {
  const isNew = [...edit.newSlotted].some(
    (title) => slottedIn(edit, title)?.podSelector !== undefined,
  )
  const strays = isNew ? [...edit.before.strayPods.keys(), ...edit.strayPods.keys()] : []
  const replicas = new Set([...strays, ...pods])
  if (replicas.size === 0) return
  const adopters = allSlotted(edit)
    .filter(({ podSelector, isDeleted }) => podSelector !== undefined && !isDeleted)
    .sort((one, other) => byCodeUnit(one.title, other.title))
  for (const replica of adopters.length === 0 ? [] : replicas) {
    const pod = podIn(edit, replica)
    if (pod === undefined || !isUncontrolled(pod)) continue
    for (const record of adopters) {
      const slot = slotIn(edit, record, pod, replica)
      if (slot === undefined) continue
      edit.strayPods.set(replica, undefined)
      putPod(edit, replica, { ...pod, slot, controlledBy: '' })
      break
    }
  }
}

const isUncontrolled = ({ set, slot, controlledBy, isLeaving }: PodRecord): boolean =>
  set === undefined && slot === undefined && controlledBy === undefined && !isLeaving

/** The slot that a pod has in a workload; `undefined` when that does not adopt it. */
const slotIn = (
  edit: MemoryEdit,
  { title, name, namespace, podSelector, ordinals, daemon, job }: SlottedRecord,
  pod: PodRecord,
  replica: ReplicaId,
): PodSlot | undefined => {
  if (pod.namespace !== namespace || !selects(podSelector, pod.labels)) return undefined
  const text = `revision ${pod.labels.get(revisionLabelKey) ?? ''}`
  if (daemon !== undefined)
    return { workload: title, key: pod.node, text: knownText(edit, title, text) }
  if (job !== undefined) {
    const index = Number(pod.labels.get(indexLabel) ?? NaN)
    if (job.terms.isIndexed && Number.isNaN(index)) return undefined
    return { workload: title, key: job.terms.isIndexed ? index : adoptedKey(replica), text }
  }
  const [, digits] = pod.name.startsWith(`${name}-`)
    ? (/^(0|[1-9]\d*)$/.exec(pod.name.slice(name.length + 1)) ?? [])
    : []
  return ordinals === undefined || digits === undefined
    ? undefined
    : { workload: title, key: Number(digits), text: knownText(edit, title, text) }
}

const indexLabel = 'batch.kubernetes.io/job-completion-index'

/** The numbers of pods that a Job has made rise from 0; those that it adopts are below. */
const adoptedKey = (replica: ReplicaId): number => -1 - replica

/** The text of the version with this label; the label itself when the version is not known. */
const knownText = (edit: MemoryEdit, title: string, text: string): string =>
  slottedIn(edit, title)?.revisions?.find(({ label }) => `revision ${label}` === text)?.text ?? text
