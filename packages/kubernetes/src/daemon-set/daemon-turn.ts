/**
 * Decides what one sync of a DaemonSet does, node by node in the given order. A pod is old if an
 * update has to replace it, and new otherwise.
 * 1. A node that should run a pod and has none gets one. A pod that is ending still counts as one.
 * 2. A node that may not keep its pods loses them. Without a surge, any other node keeps only its
 *    oldest pod.
 * 3. With a surge, any other node keeps the oldest of its old pods and the oldest of its new pods.
 *    If it has both, the old pod ends when it is not ready, or when the new pod is available.
 * 4. If 1 to 3 change nothing, an update without a surge ends old pods that are not available, and
 *    then as many other old pods as may become unavailable.
 * 5. If 1 to 3 change nothing, an update with a surge creates new pods beside old ones, first where
 *    the old pod is not available.
 *
 * Source: Kubernetes documentation, "DaemonSet" and "Perform a Rolling Update on a DaemonSet", and
 * the recorded answers of Kubernetes 1.37.
 */
import { portionOf } from '../workload/fenceposts.js'
import type { UpdateStrategy } from '../words/workload.js'
import type { DaemonAdmittance } from './admittance.js'

/** How far an update may go. At most one of the two is above 0, except by a wrong manifest. */
export interface DaemonBounds {
  readonly surge: number
  readonly unavailable: number
}

/** A daemon pod on a node, the oldest first. */
export interface DaemonPod<Id> {
  readonly id: Id
  readonly isReady: boolean
  /** Ready for long enough. */
  readonly isAvailable: boolean
  readonly isLeaving: boolean
  readonly isUpdated: boolean
}

/** A node with the pods of a DaemonSet. */
export interface DaemonNode<Node, Id> extends DaemonAdmittance {
  readonly node: Node
  readonly pods: readonly DaemonPod<Id>[]
}

/** What a sync does. */
export interface DaemonTurn<Node, Id> {
  readonly made: readonly Node[]
  readonly removed: readonly { readonly id: Id; readonly isOutdated: boolean }[]
}

/** The bounds for so many nodes; shares are rounded up, and both 0 means one unavailable pod. */
export const daemonBounds = (
  { maxSurge = 0, maxUnavailable = 1 }: NonNullable<UpdateStrategy['rollingUpdate']> = {},
  nodes: number,
): DaemonBounds => {
  const surge = portionOf(maxSurge, nodes, Math.ceil)
  const unavailable = portionOf(maxUnavailable, nodes, Math.ceil)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/**
 * What the next sync does; without bounds, the update is left to whoever deletes pods.
 *
 * Kubernetes updates the nodes in no particular order.
 */
export const daemonTurn = <Node, Id>(
  nodes: readonly DaemonNode<Node, Id>[],
  bounds: DaemonBounds | undefined,
): DaemonTurn<Node, Id> => {
  const basic = keepPods(nodes, (bounds?.surge ?? 0) > 0)
  if (bounds === undefined || basic.made.length + basic.removed.length > 0) return basic
  const pairs = nodes
    .filter(({ shouldContinueRunning }) => shouldContinueRunning)
    .map(({ node, pods }) => {
      const staying = pods.filter(({ isLeaving }) => !isLeaving)
      return {
        ...{ node, fresh: staying.find(({ isUpdated }) => isUpdated) },
        old: staying.find(({ isUpdated }) => !isUpdated),
      }
    })
  return bounds.surge > 0 ? surgePods(pairs, bounds.surge) : replacePods(pairs, bounds.unavailable)
}

/** One pod where one should run, none where none may stay. */
const keepPods = <Node, Id>(
  nodes: readonly DaemonNode<Node, Id>[],
  isSurging: boolean,
): DaemonTurn<Node, Id> => ({
  made: nodes.flatMap(({ shouldRun, node, pods }) =>
    shouldRun && pods.length === 0 ? [node] : [],
  ),
  removed: nodes.flatMap(({ shouldContinueRunning, pods }) => {
    const staying = pods.filter(({ isLeaving }) => !isLeaving)
    if (!shouldContinueRunning) return staying.map(({ id }) => ({ id, isOutdated: false }))
    if (!isSurging) return staying.slice(1).map(({ id }) => ({ id, isOutdated: false }))
    return extraPods(staying)
  }),
})

/** Of each revision all pods but the oldest, and the old one when a new one takes its place. */
const extraPods = <Id>(pods: readonly DaemonPod<Id>[]): DaemonTurn<never, Id>['removed'] => {
  const [fresh, ...laterFresh] = pods.filter(({ isUpdated }) => isUpdated)
  const [old, ...laterOld] = pods.filter(({ isUpdated }) => !isUpdated)
  const isReplaced = old !== undefined && fresh !== undefined && (!old.isReady || fresh.isAvailable)
  return [
    ...[...laterFresh, ...laterOld].map(({ id }) => ({ id, isOutdated: false })),
    ...(isReplaced ? [{ id: old.id, isOutdated: true }] : []),
  ]
}

/** The pods of a node that do not leave. */
interface DaemonPair<Node, Id> {
  readonly node: Node
  readonly fresh: DaemonPod<Id> | undefined
  readonly old: DaemonPod<Id> | undefined
}

const replacePods = <Node, Id>(
  pairs: readonly DaemonPair<Node, Id>[],
  unavailableMax: number,
): DaemonTurn<Node, Id> => {
  const olds = pairs.flatMap(({ fresh, old }) =>
    fresh === undefined && old !== undefined ? [old] : [],
  )
  const unavailable = pairs.filter(({ fresh, old }) =>
    fresh !== undefined && old !== undefined ? true : (fresh ?? old)?.isAvailable !== true,
  ).length
  const left = Math.max(0, unavailableMax - unavailable)
  const available = olds.filter(({ isAvailable }) => isAvailable).slice(0, left)
  const removed = [...olds.filter(({ isAvailable }) => !isAvailable), ...available]
  return { made: [], removed: removed.map(({ id }) => ({ id, isOutdated: true })) }
}

const surgePods = <Node, Id>(
  pairs: readonly DaemonPair<Node, Id>[],
  surgeMax: number,
): DaemonTurn<Node, Id> => {
  const both = pairs.filter(({ fresh, old }) => fresh !== undefined && old !== undefined)
  const alone = pairs.filter(({ fresh, old }) => fresh === undefined && old !== undefined)
  const left = Math.max(0, surgeMax - both.filter(({ fresh }) => !fresh!.isAvailable).length)
  return {
    made: [
      ...alone.filter(({ old }) => !old!.isAvailable),
      ...alone.filter(({ old }) => old!.isAvailable).slice(0, left),
    ].map(({ node }) => node),
    removed: [],
  }
}
