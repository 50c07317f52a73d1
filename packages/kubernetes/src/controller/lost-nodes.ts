/**
 * Taints lost nodes `NoExecute` one after the other, as the node controller does. A node is lost
 * when its condition Ready is False or Unknown.
 * 1. A lost node waits in the queue of its zone.
 * 2. Each zone has a token bucket. Its rate depends on the state of the zone, such as
 *    `PartialDisruption`, which is computed anew whenever a node is lost or recovers.
 * 3. Whenever a zone has a token, the node that has waited longest is tainted. Of nodes that were
 *    lost at the same instant, the one that joined first is tainted; Kubernetes defines no order.
 *
 * When all nodes of all zones are lost, all these taints are removed, because the cause is then
 * likely to be elsewhere.
 */
import { nodeIds, type Instant, type NodeChange, type NodeId, type View } from '@stowage/kernel'
import type { DaemonHost } from '../daemon-set/admittance.js'
import { allLost, lostIn, zoneIn, type MemoryEdit } from '../memory/edit.js'
import type { LostNode, ZoneRecord } from '../memory/memory.js'
import {
  fullLimit,
  isOpen,
  limitAfterTaint,
  taintRate,
  withRate,
} from '../node-lifecycle/taint-limit.js'
import { zoneStateOf, type ZoneState } from '../node-lifecycle/zone-state.js'
import type { Taint } from '../words/taint.js'
import { daemonHost } from './daemon-host.js'

/** The title under which the next node is tainted. */
const lossTitle = 'LostNodes'

/** The share of lost nodes from which on a zone is partially disrupted. */
const unhealthyShare = 0.55

const lossKeys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const

/** Whether the node controller makes a taint for the loss of a node. */
const isLossTaint = ({ key, effect }: Taint): boolean =>
  effect === 'NoExecute' && lossKeys.some((one) => one === key)

/** The taints of a node; one that is lost and waits for its turn is not tainted `NoExecute` yet. */
export const taintsNow = (
  taints: readonly Taint[],
  lost: LostNode | undefined,
): readonly Taint[] =>
  lost?.isTainted === false ? taints.filter((taint) => !isLossTaint(taint)) : taints

/** Whether a title is that of the next node to be tainted. */
export const isLossTitle = (title: string): boolean => title === lossTitle

/** Takes in the nodes that changed; returns the nodes that are tainted now, or no more. */
export const takeInLosses = (
  edit: MemoryEdit,
  cluster: View,
  changes: readonly NodeChange[],
): ReadonlySet<NodeId> => {
  const touched = new Set<NodeId>()
  const isDifferent = changes.map((change) => takeInLoss(edit, cluster, change)).includes(true)
  const { lost, zones } = edit.before
  if (lost.size + zones.size + edit.lost.size === 0) return touched
  if (isDifferent) assessZones(edit, cluster, touched)
  taintNext(edit, touched)
  return touched
}

/** Takes in a node; whether the count of lost nodes or of all nodes is another now. */
const takeInLoss = (edit: MemoryEdit, cluster: View, { node, change }: NodeChange): boolean => {
  const known = lostIn(edit, node)
  const host = change === 'left' ? undefined : daemonHost(cluster, node)
  const marks = host?.taints.filter(isLossTaint) ?? []
  const isSilent = marks.some(({ key }) => key === lossKeys[1])
  if (marks.length > 0)
    edit.lost.set(node, {
      ...{ zone: zoneNameOf(host), isSilent, since: known?.since ?? edit.now },
      // What is found tainted was tainted before.
      isTainted: known?.isTainted ?? change === 'joined',
    })
  else if (known !== undefined) edit.lost.set(node, undefined)
  return change !== 'changed' || (known !== undefined) !== marks.length > 0
}

const zoneLabelKeys = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']

/** Region and zone of a node; nodes without either form a zone, too. */
const zoneNameOf = (host: DaemonHost | undefined): string =>
  zoneLabelKeys.map((key) => host?.labels.get(key) ?? '').join('/')

/** Computes the states of the zones, and the rates that follow. */
const assessZones = (edit: MemoryEdit, cluster: View, touched: Set<NodeId>): void => {
  const zones = zoneStates(edit, cluster)
  // A zone that is new counts for nothing: its first node was not ready before it joined.
  const before = [...zones.keys()].flatMap((zone) => zoneIn(edit, zone)?.state ?? [])
  const isAllLost = [...zones.values()].every(({ state }) => state === 'FullDisruption')
  const wasAllLost = before.length > 0 && before.every((state) => state === 'FullDisruption')
  for (const zone of edit.before.zones.keys()) if (!zones.has(zone)) edit.zones.set(zone, undefined)
  if (isAllLost && wasAllLost) return
  if (isAllLost) untaintAll(edit, touched)
  for (const [zone, { state, nodes }] of zones) {
    const { state: old, limit = fullLimit } = zoneIn(edit, zone) ?? {}
    if (state === old && !isAllLost && !wasAllLost) continue
    const rate = isAllLost ? 0 : taintRate(state, nodes)
    edit.zones.set(zone, { state, limit: withRate(limit, rate, edit.now) })
  }
}

const zoneStates = (
  edit: MemoryEdit,
  cluster: View,
): ReadonlyMap<string, { readonly state: ZoneState; readonly nodes: number }> => {
  const counts = new Map<string, { nodes: number; lost: number }>()
  for (const node of nodeIds(cluster)) {
    const known = lostIn(edit, node)
    const zone = known?.zone ?? zoneNameOf(daemonHost(cluster, node))
    const count = counts.get(zone) ?? { nodes: 0, lost: 0 }
    count.nodes++
    if (known !== undefined) count.lost++
    counts.set(zone, count)
  }
  return new Map(
    [...counts].map(([zone, { nodes, lost }]) => [
      zone,
      { state: zoneStateOf(nodes - lost, lost, unhealthyShare), nodes },
    ]),
  )
}

const untaintAll = (edit: MemoryEdit, touched: Set<NodeId>): void => {
  for (const [node, lost] of allLost(edit)) {
    edit.lost.set(node, { ...lost, isTainted: false, since: edit.now })
    touched.add(node)
  }
}

/** Taints the nodes whose turn it is, and notes when the next one's is. */
const taintNext = (edit: MemoryEdit, touched: Set<NodeId>): void => {
  const queues = new Map<string, (readonly [NodeId, LostNode])[]>()
  const lostNodes = allLost(edit)
  for (const entry of lostNodes) {
    const [, { zone, isTainted }] = entry
    if (isTainted) continue
    const queue = queues.get(zone)
    if (queue === undefined) queues.set(zone, [entry])
    else queue.push(entry)
  }
  let dueAt: Instant | undefined
  for (const [zone, queue] of queues) {
    queue.sort(([a, one], [b, other]) => one.since - other.since || a - b)
    const { tokenAt } = taintQueue(edit, zone, queue, touched).limit
    if (queue.length > 0 && tokenAt !== undefined && tokenAt < (dueAt ?? Infinity)) dueAt = tokenAt
  }
  edit.dues.set(lossTitle, dueAt)
  if (lostNodes.length > 0) return
  for (const zone of edit.before.zones.keys())
    if (isOpen(zoneIn(edit, zone)?.limit ?? fullLimit, edit.now)) edit.zones.set(zone, undefined)
}

/** Takes out of a queue the nodes for which there are tokens. */
const taintQueue = (
  edit: MemoryEdit,
  zone: string,
  queue: (readonly [NodeId, LostNode])[],
  touched: Set<NodeId>,
): ZoneRecord => {
  let record: ZoneRecord = zoneIn(edit, zone) ?? { state: 'Normal', limit: fullLimit }
  while (queue.length > 0 && isOpen(record.limit, edit.now)) {
    const [node, lost] = queue.shift()!
    edit.lost.set(node, { ...lost, isTainted: true })
    touched.add(node)
    record = { ...record, limit: limitAfterTaint(record.limit, edit.now) }
  }
  edit.zones.set(zone, record)
  return record
}
