/**
 * Decides whether the Cluster Autoscaler may consider a node for removal. A node is considered if
 * 1. it belongs to a node group;
 * 2. no annotation protects it;
 * 3. it is not being deleted, and was not found unremovable recently;
 * 4. its utilization is at most the threshold;
 * 5. it is ready, or a flag lets unready nodes be considered.
 */
import { isBeingDeleted, isReady, isScaleDownDisabled } from './readiness.js'
import { momentOf } from './pod-state.js'
import { nodeUtilization, type NodeUtilization } from './utilization.js'
import type { AutoscaledNode } from './words.js'

/** A node group, with thresholds of its own where it has any. */
export interface ThresholdGroup {
  readonly id: string
  readonly nodes: readonly string[]
  readonly utilizationThreshold?: number | undefined
  readonly gpuUtilizationThreshold?: number | undefined
  readonly ignoreDaemonSets?: boolean | undefined
}

/** Defaults of the groups, and what else decides. */
export interface EligibilityOptions {
  readonly utilizationThreshold: number
  readonly gpuUtilizationThreshold: number
  readonly ignoreDaemonSets: boolean
  readonly ignoreMirrorPods: boolean
  readonly scaleDownUnreadyEnabled: boolean
  readonly recentlyUnremovable: readonly string[]
  readonly now: string
}

/** Why a node stays. */
export type IneligibleReason =
  | 'CurrentlyBeingDeleted'
  | 'NotAutoscaled'
  | 'NotUnderutilized'
  | 'RecentlyUnremovable'
  | 'ScaleDownDisabledAnnotation'
  | 'ScaleDownUnreadyDisabled'
  | 'UnexpectedError'

/** The verdict on a node; its use is there when it was computed. */
export interface Eligibility {
  readonly node: string
  readonly reason?: IneligibleReason
  readonly utilization?: NodeUtilization
}

/** The verdicts, in the order of the nodes. */
export const eligibilityOf = (
  nodes: readonly AutoscaledNode[],
  groups: readonly ThresholdGroup[],
  options: EligibilityOptions,
): readonly Eligibility[] => {
  const recent = new Set(options.recentlyUnremovable)
  const groupOf = new Map(groups.flatMap((group) => group.nodes.map((node) => [node, group])))
  return nodes.map((one) => {
    const name = one.node.metadata.name
    if (recent.has(name)) return { node: name, reason: 'RecentlyUnremovable' }
    return { node: name, ...verdictOn(one, groupOf.get(name), options) }
  })
}

const verdictOn = (
  node: AutoscaledNode,
  group: ThresholdGroup | undefined,
  options: EligibilityOptions,
): Omit<Eligibility, 'node'> => {
  const { health } = node
  if (isBeingDeleted(health, momentOf(options.now))) return { reason: 'CurrentlyBeingDeleted' }
  if (isScaleDownDisabled(health)) return { reason: 'ScaleDownDisabledAnnotation' }
  if (group === undefined) return { reason: 'NotAutoscaled' }
  if (!options.scaleDownUnreadyEnabled && !isReady(health))
    return { reason: 'ScaleDownUnreadyDisabled' }
  const gpuResource = node.node.metadata.labels.has('accelerator') ? 'nvidia.com/gpu' : ''
  const { ignoreDaemonSets = options.ignoreDaemonSets } = group
  const utilization = nodeUtilization(node, { ...options, ignoreDaemonSets, gpuResource })
  if (utilization === undefined) return { reason: 'UnexpectedError' }
  const threshold =
    gpuResource === ''
      ? (group.utilizationThreshold ?? options.utilizationThreshold)
      : (group.gpuUtilizationThreshold ?? options.gpuUtilizationThreshold)
  return utilization.utilization <= threshold
    ? { utilization }
    : { utilization, reason: 'NotUnderutilized' }
}
