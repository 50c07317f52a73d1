/**
 * Decides which unneeded nodes the Cluster Autoscaler may remove. A node must have been unneeded
 * long enough, and its group and the cluster must keep their minimums. Empty nodes are decided
 * before nodes whose pods must move.
 */

/** A node group, whose nodes are alike. */
export interface ShrinkingGroup {
  readonly id: string
  readonly min: number
  readonly target: number
  readonly nodes: readonly string[]
  readonly nodeCpuMilli: number
  readonly nodeMemoryBytes: number
  readonly deletionsInProgress: number
  /** Default: that of the options. */
  readonly unneededSeconds?: number | undefined
  readonly unreadySeconds?: number | undefined
}

/** A node that is not needed. */
export interface UnneededNode {
  readonly name: string
  readonly group: string
  readonly unneededForSeconds: number
  readonly empty: boolean
  readonly ready: boolean
  readonly scaleDownDisabled: boolean
}

/** How long is long enough, and what the cluster keeps. */
export interface UnneededOptions {
  readonly unneededSeconds: number
  readonly unreadySeconds: number
  readonly minCoresTotal: number
  readonly minMemoryTotalBytes: number
}

/** Whether a node may go, or why not. */
export type UnneededVerdict =
  | 'empty'
  | 'drain'
  | 'ScaleDownDisabledAnnotation'
  | 'NotUnneededLongEnough'
  | 'NotUnreadyLongEnough'
  | 'NodeGroupMinSizeReached'
  | 'MinimalResourceLimitExceeded'

/** The verdict of each node, by name. Of equal nodes of a group the first ones go. */
export const unneededVerdicts = (
  groups: readonly ShrinkingGroup[],
  unneeded: readonly UnneededNode[],
  options: UnneededOptions,
): ReadonlyMap<string, UnneededVerdict> => {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const sizes = new Map(groups.map(({ id, target }) => [id, target]))
  const sum = (of: (group: ShrinkingGroup) => number): number =>
    groups.reduce((all, group) => all + of(group) * group.nodes.length, 0)
  let cores = sum(({ nodeCpuMilli }) => nodeCpuMilli / 1000) - options.minCoresTotal
  let memory = sum(({ nodeMemoryBytes }) => nodeMemoryBytes) - options.minMemoryTotalBytes
  const verdicts = new Map<string, UnneededVerdict>()
  const order = [...unneeded].sort((one, other) => Number(other.empty) - Number(one.empty))
  for (const node of order) {
    const group = byId.get(node.group)!
    const size = sizes.get(group.id)!
    const early = tooEarly(node, group, options)
    if (early !== undefined) verdicts.set(node.name, early)
    else if (size - group.deletionsInProgress <= group.min)
      verdicts.set(node.name, 'NodeGroupMinSizeReached')
    else if (cores < group.nodeCpuMilli / 1000 || memory < group.nodeMemoryBytes)
      verdicts.set(node.name, 'MinimalResourceLimitExceeded')
    else {
      cores -= group.nodeCpuMilli / 1000
      memory -= group.nodeMemoryBytes
      sizes.set(group.id, size - 1)
      verdicts.set(node.name, node.empty ? 'empty' : 'drain')
    }
  }
  return verdicts
}

/** A node that is unneeded for exactly the time must wait on, unless the time is 0. */
const tooEarly = (
  { scaleDownDisabled, ready, unneededForSeconds }: UnneededNode,
  group: ShrinkingGroup,
  options: UnneededOptions,
): UnneededVerdict | undefined => {
  if (scaleDownDisabled) return 'ScaleDownDisabledAnnotation'
  const seconds = ready
    ? (group.unneededSeconds ?? options.unneededSeconds)
    : (group.unreadySeconds ?? options.unreadySeconds)
  if (seconds === 0 || unneededForSeconds > seconds) return undefined
  return ready ? 'NotUnneededLongEnough' : 'NotUnreadyLongEnough'
}
