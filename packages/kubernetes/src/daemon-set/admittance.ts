/**
 * Decides, by the labels and taints of a node, whether the node should run a pod of a DaemonSet and
 * whether a running pod may stay. Free resources of the node do not matter.
 *
 * Source: Kubernetes documentation, "DaemonSet" (how daemon pods are scheduled), and the recorded
 * answers of Kubernetes 1.37.
 */
import { tolerates } from '../lower/toleration.js'
import { selectsNode, type NamedNode } from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'
import type { Taint } from '../words/taint.js'
import { daemonTolerations } from './daemon-tolerations.js'

/** What a DaemonSet reads of a node. */
export interface DaemonHost extends NamedNode {
  readonly taints: readonly Taint[]
}

/** What a DaemonSet reads of its template. */
export type DaemonTemplate = Pick<
  PodSpec,
  'nodeName' | 'nodeSelector' | 'affinity' | 'tolerations' | 'hostNetwork'
>

/** Whether the node gets a pod, and whether one that runs there may stay. */
export interface DaemonAdmittance {
  readonly shouldRun: boolean
  readonly shouldContinueRunning: boolean
}

/** A taint with `NoSchedule` keeps new pods away; only one with `NoExecute` ends those that run. */
export const admitDaemon = (template: DaemonTemplate, node: DaemonHost): DaemonAdmittance => {
  const { nodeName = '', nodeSelector, affinity } = template
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const isMatch =
    (nodeName === '' || nodeName === node.name) &&
    [...nodeSelector].every(([key, value]) => node.labels.get(key) === value) &&
    (required === undefined || selectsNode(required, node))
  const tolerations = daemonTolerations(template)
  const isFree = (effects: readonly string[]): boolean =>
    node.taints.every((taint) => !effects.includes(taint.effect) || tolerates(tolerations, taint))
  return {
    shouldRun: isMatch && isFree(['NoSchedule', 'NoExecute']),
    shouldContinueRunning: isMatch && isFree(['NoExecute']),
  }
}
