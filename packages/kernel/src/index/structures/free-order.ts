/**
 * Keeps the nodes of every partition (nodes in the same domains, such as zones, with equal fixed
 * scores) sorted by their free amount of one dimension (a resource such as CPU). The lists are
 * shared by all classes (workloads as the scheduler sees them) that prefer the least, or the most,
 * of that dimension free.
 *
 * 1. `openFreeOrder` sorts all nodes.
 * 2. `catchUpFreeOrder` moves the nodes that changed, or sorts all nodes again when too many
 *    changed.
 */
import { nodeOf, reachesBackTo, type Changes } from '../../cluster/changes.js'
import { columnCount, type Integers } from '../../cluster/column.js'
import type { State } from '../../cluster/state.js'
import { ranksOf } from '../../cluster/roster.js'
import type { BlockOrder } from './block.js'
import { insertRow, newOrderedBlocks, removeRow, type OrderedBlocks } from './ordered-blocks.js'
import type { NodeLabels } from './node-labels.js'
import { noNumber, type Partitions } from './partitions.js'

/** What nodes are sorted by: the free amount of a dimension, the least (1) or most (-1) first. */
export type FreeOrderKey = Pick<BlockOrder, 'dimension' | 'sign'>

export interface FreeOrder {
  readonly partitions: Partitions
  /** By row: the number of the list that the node is in. */
  readonly listOf: Integers
  /** The ranks of nodes that join; without these no node does. */
  readonly labels: NodeLabels | undefined
  readonly order: BlockOrder
  /** By partition. */
  readonly lists: OrderedBlocks[]
  /** The number of the first change that is not applied yet. */
  nextChange: number
}

/** `nextChange` is the number of the first change that the state does not contain. */
export const openFreeOrder = (
  partitions: Partitions,
  { dimension, sign }: FreeOrderKey,
  state: State,
  nextChange: number,
  labels?: NodeLabels,
): FreeOrder => {
  const width = columnCount(state.dimensions.next)
  const order: FreeOrder = {
    partitions,
    listOf: labels === undefined ? partitions.partitionOf : partitions.partitionOf.slice(),
    labels,
    order: {
      dimension,
      sign,
      width,
      // A copy: a node that has left is still to be found in its list.
      ranks: labels?.slice() ?? ranksOf(state.roster),
      free: new Float64Array(width * partitions.partitionOf.length),
    },
    lists: [],
    nextChange,
  }
  rebuildFreeOrder(order, state)
  return order
}

const rebuildFreeOrder = (
  { partitions, listOf, labels, lists, order }: FreeOrder,
  state: State,
): void => {
  listOf.set(partitions.partitionOf)
  if (labels !== undefined) order.ranks.set(labels)
  partitions.members.forEach((members, partition) => {
    const list = newOrderedBlocks(order)
    for (const row of members) {
      if (row === noNumber) continue
      readFree(order, state, row)
      insertRow(list, row)
    }
    lists[partition] = list
  })
}

const readFree = ({ free, width }: BlockOrder, { roster, loads }: State, row: number): void => {
  for (let d = 0; d < width; d++)
    free[row * width + d] = (roster.capacity[d]?.[row] ?? 0) - (loads.load[d]?.[row] ?? 0)
}

/** Applies all changes of the log that are not applied yet. */
export const catchUpFreeOrder = (order: FreeOrder, state: State, changes: Changes): void => {
  const { listOf, lists, labels, nextChange } = order
  const { partitionOf } = order.partitions
  if (!reachesBackTo(changes, nextChange) || changes.count - nextChange > partitionOf.length)
    rebuildFreeOrder(order, state)
  else
    for (let number = nextChange; number < changes.count; number++) {
      const row = nodeOf(changes, number)
      const list = listOf[row] ?? noNumber
      const partition = partitionOf[row] ?? noNumber
      if (list !== noNumber) removeRow(lists[list]!, row)
      if (list !== partition) listOf[row] = partition
      if (partition === noNumber) continue
      if (labels !== undefined) order.order.ranks[row] = labels[row]!
      readFree(order.order, state, row)
      insertRow(lists[partition]!, row)
    }
  order.nextChange = changes.count
}
