/**
 * Splits new nodes over similar node groups, as `--balance-similar-node-groups` of the Cluster
 * Autoscaler does. Each node goes to the smallest group that is below its maximum.
 */

/** A node group: how many nodes it is to have, and how many it may have. */
export interface GroupSize {
  readonly id: string
  readonly target: number
  readonly max: number
}

/** A group whose target changes. */
export interface ResizedGroup {
  readonly id: string
  readonly from: number
  readonly to: number
}

/** The groups that grow, the smallest first; of equal ones the first. */
export const balanceGroups = (
  groups: readonly GroupSize[],
  newNodes: number,
): readonly ResizedGroup[] => {
  const growing = groups
    .filter(({ target, max }) => target !== max)
    .map(({ id, target, max }) => ({ id, from: target, to: target, max }))
    .sort((one, other) => one.from - other.from)
  const room = growing.reduce((sum, { from, max }) => sum + Math.max(0, max - from), 0)
  let [left, full, at] = [Math.min(newNodes, room), 0, 0]
  while (left > 0) {
    const group = growing[at]!
    if (group.to < group.max) {
      group.to++
      left--
    } else {
      growing[at] = growing[full]!
      growing[full++] = group
    }
    const next = growing[at + 1]
    at = next !== undefined && growing[at]!.to > next.to ? at + 1 : full
  }
  return growing.filter(({ from, to }) => to > from).map(({ id, from, to }) => ({ id, from, to }))
}
