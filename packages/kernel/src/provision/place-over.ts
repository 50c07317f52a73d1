/**
 * Places the replicas that a packing left over, one by one, until no more can be placed. A replica
 * goes to the first node of the plan that the filters allow, or else to a new node of the cheapest
 * allowed offering.
 */
import { stateOf } from '../cluster/cluster.js'
import type { Draft } from '../cluster/draft.js'
import { leave } from '../cluster/write.js'
import { getOrThrow } from '../rule/get-or-throw.js'
import { allowedRows, type ClassDemand } from './demand.js'
import { openNode, type OpenNode } from './offered-node.js'
import { placeIfAllowed, type OpenedNodes } from './open-nodes.js'
import type { Offering } from './offering.js'
import type { DemandReach, Sites } from './split-domains.js'

/**
 * Adds to `opened` the replicas that the rules allow, and new nodes for them. Repeats while any
 * replica is placed.
 */
export const placeOver = (
  draft: Draft,
  demands: readonly ClassDemand[],
  reaches: readonly DemandReach[],
  { siteOf }: Pick<Sites, 'siteOf'>,
  offerings: readonly Offering[],
  nameOf: (prefix: string) => string,
  opened: OpenedNodes,
): void => {
  const left = demands.map(({ count }) => count)
  for (const { demand } of opened.placements) left[demand]!--
  const used = offerings.map(() => 0)
  for (const { offering } of opened.nodes) used[offering]!++
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const [i, demand] of demands.entries()) {
      const before = left[i]!
      while (left[i]! > 0) {
        const node =
          nodeWithRoom(draft, demand, opened.nodes) ??
          newNodeFor(draft, demand, reaches[i]!, siteOf, offerings, used, nameOf, opened)
        if (node === undefined) break
        placeIfAllowed(draft, demand, node)
        opened.placements.push({ demand: i, node })
        left[i]!--
      }
      isMoving ||= left[i]! < before
    }
  }
}

const nodeWithRoom = (
  draft: Draft,
  { spec }: ClassDemand,
  nodes: readonly OpenNode[],
): OpenNode | undefined => {
  const [first] = allowedRows(
    stateOf(draft),
    spec.filters,
    nodes.map(({ row }) => row),
  )
  return first === undefined ? undefined : nodes.find(({ row }) => row === first)
}

/** A new node that takes one; of the offerings of a site that was refused no other is tried. */
const newNodeFor = (
  draft: Draft,
  { spec }: ClassDemand,
  { costs }: DemandReach,
  siteOf: readonly number[],
  offerings: readonly Offering[],
  used: number[],
  nameOf: (prefix: string) => string,
  opened: OpenedNodes,
): OpenNode | undefined => {
  const order = [...offerings.keys()]
    .filter((at) => costs[at]! < Infinity && used[at]! < (offerings[at]!.countMax ?? Infinity))
    .sort((a, b) => costs[a]! - costs[b]! || a - b)
  const refused = new Set<number>()
  for (const at of order) {
    if (refused.has(siteOf[at]!)) continue
    const node = openNode(draft, offerings, at, nameOf(offerings[at]!.prefix))
    if (allowedRows(stateOf(draft), spec.filters, [node.row]).length > 0) {
      used[at]!++
      opened.nodes.push(node)
      return node
    }
    getOrThrow(leave(draft, node.id))
    refused.add(siteOf[at]!)
  }
  return undefined
}
