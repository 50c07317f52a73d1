/**
 * Applies two changes to workloads whose pods have a slot each (an ordinal of a StatefulSet, a node
 * of a DaemonSet, a number in a Job):
 * 1. When a waiting pod is bound to a node, it is recorded as a pod on that node.
 * 2. When nodes join, change or leave, each DaemonSet judges these nodes again.
 */
import {
  nodeIds,
  type NodeChange,
  type NodeId,
  type ReplicaChange,
  type View,
} from '@stowage/kernel'
import { admitDaemon } from '../daemon-set/admittance.js'
import { putPod, slottedIn, slottedPods, type MemoryEdit } from '../memory/edit.js'
import type { SlottedRecord } from '../memory/memory.js'
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
  const { name, namespace, ordinals, template, current, job, pod } = record
  const made = current.text === waiting.text ? current : template
  const stem = job?.terms.isIndexed === true ? `${name}-${key}` : name
  const podName =
    pod !== undefined ? name : ordinals === undefined ? podNameOf(stem, replica) : `${name}-${key}`
  putWaiting(edit, title, key, undefined)
  edit.podNames.set(podName, replica)
  putPod(edit, replica, {
    ...{ name: podName, namespace, uid: pod?.uid ?? podName, node, class: classId },
    ...(pod === undefined ? { slot: { workload: title, key, text: waiting.text } } : {}),
    ...{ labels: made.labels, set: undefined, phase: 'Pending', readyAt: undefined },
    controlledBy: pod === undefined ? '' : pod.controlledBy,
    ...{ created: edit.now, deletionCost: 0, restarts: 0, sidecarRestarts: 0, restartsTotal: 0 },
    ...{ isProbed: made.isProbed, isLeaving: false, ending: undefined },
    ...(made.stored === undefined ? {} : { stored: made.stored }),
  })
  if (pod === undefined) return
  edit.slotted.set(title, undefined)
  edit.strayPods.set(replica, true)
  edit.freePods.push(replica)
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
    const { template, nodes: before, countedNodes } = record.daemon
    const nodes = new Map(isNew ? [] : before)
    for (const node of isNew ? nodeIds(cluster) : changes.map((change) => change.node)) {
      const host = daemonHost(cluster, node)
      const { shouldRun, shouldContinueRunning } =
        host === undefined ? refusedNode : admitDaemon(template, host)
      if (shouldContinueRunning) nodes.set(node, { shouldRun, shouldContinueRunning })
      else nodes.delete(node)
    }
    edit.slotted.set(title, { ...record, daemon: { template, nodes, countedNodes } })
    const nodesSeen = changes.map((change) => change.node)
    if (isNew || nodesSeen.some((node) => needsSync(edit, slottedIn(edit, title)!, node)))
      edit.dirtySlotted.add(title)
  }
}

/**
 * Whether a changed node makes its DaemonSet sync: it lacks a pod or has one that may not stay, or
 * it has one while pods are counted where they should not be. After any other change the status
 * stays as it was.
 */
const needsSync = (edit: MemoryEdit, record: SlottedRecord, node: NodeId): boolean => {
  const { nodes, countedNodes } = record.daemon!
  const { shouldRun, shouldContinueRunning } = nodes.get(node) ?? refusedNode
  const keys = [
    ...slottedPods(edit, record).map(([, { slot }]) => slot!.key),
    ...record.waiting.keys(),
  ]
  const hasPod = keys.includes(node)
  const isMisscheduled = keys.some((key) => countedNodes.get(key as NodeId)?.shouldRun !== true)
  return hasPod ? !shouldContinueRunning || isMisscheduled : shouldRun
}

const refusedNode = { shouldRun: false, shouldContinueRunning: false }
