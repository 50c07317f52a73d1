/**
 * Evicts pods that do not tolerate the `NoExecute` taints of their node: at once, or after the time
 * that their tolerations grant. Disruption budgets do not apply. Pods of an unreachable node become
 * unready.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations" (taint based evictions).
 */
import {
  later,
  replicasOn,
  type Instant,
  type NodeChange,
  type NodeId,
  type ReplicaId,
  type View,
} from '@stowage/kernel'
import { lostIn, podIn, putPod, taintsIn, type MemoryEdit } from '../memory/edit.js'
import { evictionDelay } from '../node-lifecycle/eviction-delay.js'
import type { Taint } from '../words/taint.js'
import { daemonHost } from './daemon-host.js'
import { taintsNow, takeInLosses } from './lost-nodes.js'

const evictionPrefix = 'Eviction '

/** The title under which an eviction is due. */
const evictionTitle = (replica: ReplicaId): string => `${evictionPrefix}${replica}`

/** Judges the pods of the nodes that changed, and of those that are tainted now, or no more. */
export const lookAtTaints = (
  edit: MemoryEdit,
  cluster: View,
  changes: readonly NodeChange[],
): void => {
  const changed = new Set(changes.map(({ node }) => node))
  const wasSilent = new Map([...changed].map((node) => [node, isSilent(edit, node)]))
  const retainted = takeInLosses(edit, cluster, changes)
  for (const node of new Set([...changed, ...retainted])) {
    const taints = evictingTaints(edit, cluster, node)
    const before = taintsIn(edit, node) ?? []
    if (taints.length + before.length > 0)
      edit.taints.set(node, taints.length === 0 ? undefined : taints)
    const isLost = isSilent(edit, node)
    const hasTurned = changed.has(node) && wasSilent.get(node) !== isLost
    if (taints.length + before.length === 0 && !hasTurned) continue
    for (const { id } of replicasOn(cluster, node)) {
      if (hasTurned) setReadiness(edit, id, !isLost)
      judgePod(edit, id)
    }
  }
}

const isSilent = (edit: MemoryEdit, node: NodeId): boolean => lostIn(edit, node)?.isSilent === true

/** The taints of a node by which pods go. */
const evictingTaints = (edit: MemoryEdit, cluster: View, node: NodeId): readonly Taint[] =>
  taintsNow(daemonHost(cluster, node)?.taints ?? [], lostIn(edit, node)).filter(
    ({ effect }) => effect === 'NoExecute',
  )

/**
 * The node controller says of all pods of a node that fell silent that they are not ready. Of a
 * node that says itself that it is not ready, the kubelet says how its pods are.
 */
const setReadiness = (edit: MemoryEdit, replica: ReplicaId, isReady: boolean): void => {
  const pod = podIn(edit, replica)
  if (pod?.phase !== 'Running' || pod.isLeaving) return
  putPod(edit, replica, { ...pod, readyAt: isReady ? (pod.readyAt ?? edit.now) : undefined })
}

/**
 * Ends a pod that may not stay, or notes when it has to go. When the taints change, a timer that
 * runs is kept, unless the new one would end earlier.
 */
export const judgePod = (edit: MemoryEdit, replica: ReplicaId): void => {
  const pod = podIn(edit, replica)
  if (pod === undefined || pod.isLeaving || pod.ending !== undefined) return
  const taints = taintsIn(edit, pod.node)
  const tolerations = edit.before.tolerations.get(pod.class) ?? []
  const delay = taints === undefined ? undefined : evictionDelay(tolerations, taints)
  const title = evictionTitle(replica)
  const known = edit.dues.has(title) ? edit.dues.get(title) : edit.before.dues.get(title)
  if (delay === undefined) {
    if (known !== undefined) edit.dues.set(title, undefined)
  } else if (delay === 0) evictNow(edit, replica)
  else if (known === undefined || later(edit.now, delay * 1000) < known)
    edit.dues.set(title, later(edit.now, delay * 1000))
}

/** Ends the pod of an eviction that is due; `false` for the title of anything else. */
export const takeInEviction = (edit: MemoryEdit, title: string): boolean => {
  if (!title.startsWith(evictionPrefix)) return false
  evictNow(edit, Number(title.slice(evictionPrefix.length)) as ReplicaId)
  return true
}

/** Forgets the eviction of a pod that is gone. */
export const forgetEviction = (edit: MemoryEdit, replica: ReplicaId): void => {
  const title = evictionTitle(replica)
  const known: Instant | undefined = edit.before.dues.get(title)
  if (known !== undefined || edit.dues.has(title)) edit.dues.set(title, undefined)
}

const evictNow = (edit: MemoryEdit, replica: ReplicaId): void => {
  edit.dues.set(evictionTitle(replica), undefined)
  const pod = podIn(edit, replica)
  if (pod === undefined || pod.isLeaving) return
  const [taint] = taintsIn(edit, pod.node) ?? []
  const ending = `it does not tolerate the taint ${taint?.key ?? ''}:NoExecute of its node`
  const disrupted = {
    ...{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' },
    message: 'Taint manager: deleting due to NoExecute taint',
  }
  const { containers = [], conditions = [] } = pod.outcome ?? {}
  putPod(edit, replica, {
    ...pod,
    ending,
    outcome: { containers, conditions: [...conditions, disrupted] },
  })
}
