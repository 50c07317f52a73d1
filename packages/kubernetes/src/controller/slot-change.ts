/**
 * Takes in what changed for workloads whose pods have a slot each: a pod that was given a node, and
 * nodes that joined, changed or left.
 */
import { nodeIds, type NodeChange, type ReplicaChange, type View } from '@stowage/kernel'
import { admitDaemon } from '../daemon-set/admittance.js'
import { putPod, slottedIn, type MemoryEdit } from '../memory/edit.js'
import { podNameOf } from '../memory/pod-name.js'
import { daemonHost } from './daemon-host.js'
import { putWaiting } from './slot.js'

/** A pod that waited in a slot has a node. */
export const takeInSlot = (
  edit: MemoryEdit,
  { title, key }: { readonly title: string; readonly key: number },
  { replica, class: classId, node }: Pick<ReplicaChange, 'replica' | 'class' | 'node'>,
): void => {
  const record = slottedIn(edit, title)
  const waiting = record?.waiting.get(key)
  if (record === undefined || waiting === undefined) return
  const { name, namespace, ordinals, template, current, job } = record
  const made = current.text === waiting.text ? current : template
  const stem = job?.terms.isIndexed === true ? `${name}-${key}` : name
  const podName = ordinals === undefined ? podNameOf(stem, replica) : `${name}-${key}`
  putWaiting(edit, title, key, undefined)
  edit.podNames.set(podName, replica)
  putPod(edit, replica, {
    ...{ name: podName, namespace, uid: podName, node, class: classId, labels: made.labels },
    slot: { workload: title, key, text: waiting.text },
    ...{ set: undefined, controlledBy: '', phase: 'Pending', readyAt: undefined },
    ...{ created: edit.now, deletionCost: 0, restarts: 0, sidecarRestarts: 0, restartsTotal: 0 },
    ...{ isProbed: made.isProbed, isLeaving: false, ending: undefined },
  })
}

/** Judges the nodes that changed for all DaemonSets, and all nodes for those that are new. */
export const lookAtNodes = (
  edit: MemoryEdit,
  cluster: View,
  changes: readonly NodeChange[],
): void => {
  const titles = new Set([
    ...edit.newSlotted,
    ...(changes.length === 0 ? [] : edit.before.slotted.keys()),
  ])
  for (const title of titles) {
    const record = slottedIn(edit, title)
    if (record?.daemon === undefined) continue
    const isNew = edit.newSlotted.has(title)
    const { template, nodes: before } = record.daemon
    const nodes = new Map(isNew ? [] : before)
    for (const node of isNew ? nodeIds(cluster) : changes.map((change) => change.node)) {
      const host = daemonHost(cluster, node)
      const { shouldRun, shouldContinueRunning } =
        host === undefined ? refusedNode : admitDaemon(template, host)
      if (shouldContinueRunning) nodes.set(node, { shouldRun, shouldContinueRunning })
      else nodes.delete(node)
    }
    edit.slotted.set(title, { ...record, daemon: { template, nodes } })
    edit.dirtySlotted.add(title)
  }
}

const refusedNode = { shouldRun: false, shouldContinueRunning: false }
