/**
 * Computes where a DaemonSet runs: one pod on every node that the pod's node affinity and
 * tolerations admit. Free resources of the node do not matter.
 *
 * Source: Kubernetes documentation, "DaemonSet" (how daemon pods are scheduled).
 */
import { getOrThrow, nodesWhere, type Draft, type Expr, type NodeId } from '@stowage/kernel'
import { affinityExpr } from '../lower/node-affinity.js'
import { toleratedExpr } from '../lower/toleration.js'
import type { Node } from '../words/node.js'
import type { PodSpec } from '../words/pod.js'

/** Why no node gets a daemon pod: labels that none has, or else what none of them meets. */
export const reasonOfNoNode = (draft: Draft, spec: PodSpec, nodes: readonly Node[]): string => {
  const absent = [...spec.nodeSelector].filter(
    ([key, value]) => !nodes.some(({ metadata }) => metadata.labels.get(key) === value),
  )
  if (absent.length > 0)
    return `no node has ${absent.map(([key, value]) => `${key}=${value}`).join(' or ')}`
  const affinity = affinityExpr(draft, spec)
  return affinity !== undefined && getOrThrow(nodesWhere(draft, affinity)).length === 0
    ? 'no node meets its nodeSelector and affinity'
    : 'each has a taint that it does not tolerate, or is not one of its nodeSelector and affinity'
}

/** The nodes that get a daemon pod, by rank. `spec` is the result of `daemonSpec`. */
export const daemonNodes = (draft: Draft, spec: PodSpec): readonly NodeId[] => {
  const affinity = affinityExpr(draft, spec)
  const marks: Expr = { _tag: 'Marks', tolerated: toleratedExpr(draft, spec.tolerations) }
  const of = affinity === undefined ? [marks] : [affinity, marks]
  return getOrThrow(nodesWhere(draft, { _tag: 'All', of }))
}
