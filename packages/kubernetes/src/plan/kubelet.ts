/**
 * Decides whether the kubelet of a node runs a pod that no scheduler sent there: a new pod whose
 * `spec.nodeName` names the node. The kubelet checks resources, node affinity, host ports and
 * taints of effect NoExecute. The result is the first reason for a refusal, or none.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (nodeName) and "Taints and
 * Tolerations"; kubelet 1.37, `pkg/kubelet/lifecycle` (the order and the names of reasons).
 */
import { define, explain, getOrThrow, type NodeId } from '@stowage/kernel'
import { isExtended } from '../demand/resource.js'
import { tolerates } from '../lower/toleration.js'
import { pluginOf, reasonOf } from '../plugin/reason.js'
import { vocabularyOf } from '../raise/vocabulary.js'
import { lowerPod } from '../registry/pod.js'
import type { KnownPod, Session } from '../scheduler/session.js'
import type { Node } from '../words/node.js'

const fitPlugin = pluginOf('NodeResourcesFit')
const portsPlugin = pluginOf('NodePorts')
const affinityReasonId = reasonOf("node(s) didn't match Pod's node affinity/selector")

/**
 * Why the kubelet refuses the pod; `undefined` when it runs the pod.
 *
 * The kubelet ignores an extended resource that its node does not have. That it evicts pods for a
 * critical one is not imitated.
 */
export const kubeletRefusal = (
  { draft, around }: Session,
  pod: KnownPod,
  node: Node,
  id: NodeId,
): string | undefined => {
  const spec = lowerPod(draft, pod, pod.spec.priority ?? 0, around)
  const filters = spec.filters.filter(
    (filter) =>
      filter.plugin === fitPlugin ||
      filter.plugin === portsPlugin ||
      ('reason' in filter && filter.reason === affinityReasonId),
  )
  const choice = { _tag: 'Sum', tie: 'rank', scores: [] } as const
  const checked = getOrThrow(define(draft, { ...spec, filters, choice }))
  const { reasonOf: wordOf } = vocabularyOf(draft)
  const [first] = explain(draft, { class: checked, only: [id] })
    .nodes.flatMap(({ all }) => all)
    .sort((one, other) => checkOrder(one.plugin) - checkOrder(other.plugin))
    .flatMap(({ reasons }) => reasons.map((reason) => wordOf(reason)))
    .map(({ plugin, reason }) => kubeletReason(plugin, reason))
    .filter((reason) => !isIgnoredReason(reason, node))
  const name = first ?? (isEjected(pod, node) ? 'TaintToleration' : undefined)
  return name === undefined
    ? undefined
    : `${name}: the kubelet of ${node.metadata.name}, which spec.nodeName names, refuses the pod, and no scheduler looks for another node`
}

/** Resources come first, then affinity, then ports. */
const checkOrder = (plugin: number): number =>
  plugin === fitPlugin ? 0 : plugin === portsPlugin ? 2 : 1

const insufficientPrefix = 'Insufficient '

const kubeletReason = (plugin: string, reason: string): string => {
  if (reason === 'Too many pods') return 'OutOfpods'
  return reason.startsWith(insufficientPrefix)
    ? `OutOf${reason.slice(insufficientPrefix.length)}`
    : plugin
}

const isIgnoredReason = (reason: string, { status }: Node): boolean => {
  const resource = reason.slice('OutOf'.length)
  return (
    reason.startsWith('OutOf') && isExtended(resource) && status?.allocatable.has(resource) !== true
  )
}

const isEjected = ({ spec: { tolerations } }: KnownPod, { spec }: Node): boolean =>
  (spec?.taints ?? []).some(
    (taint) => taint.effect === 'NoExecute' && !tolerates(tolerations, taint),
  )
