/**
 * Keeps the nodes of every partition sorted by their free amount of one dimension: one list of
 * ordered blocks per partition. Shared by all classes (workloads) that prefer the least (or most)
 * free amount of that dimension and otherwise only need room.
 *
 * 1. `openFreeOrder`: sorts all nodes.
 * 2. `catchUpFreeOrder`: moves the nodes that changed. Sorts all nodes again when the change log
 *    does not reach back to the last update, or holds more changes since then than there are nodes.
 */
import { nodeOf, reachesBackTo, type Changes } from '../../cluster/changes.js'
import type { Amounts } from '../../cluster/column.js'
import { capacityAt, loadAt, type State } from '../../cluster/state.js'
import { ranksOf } from '../../cluster/roster.js'
import type { DimensionId } from '../../rule/id.js'
import { sortKey, type BlockOrder } from './block.js'
import {
  insertRow,
  newOrderedBlocks,
  removeRow,
  updateRow,
  type OrderedBlocks,
} from './ordered-blocks.js'
import { unassigned, type Partitions } from './partitions.js'

/** What nodes are sorted by: the free amount of a dimension, the least (1) or most (-1) first. */
export type FreeOrderKey = Pick<BlockOrder, 'dimension' | 'sign'>

export interface FreeOrder {
  readonly partitions: Partitions
  readonly order: BlockOrder
  /** By row: the key with which the node was inserted last. */
  readonly keys: Amounts
  /** By partition. */
  readonly lists: OrderedBlocks[]
  /** Scratch: the free amounts of one node by dimension. */
  readonly free: Amounts
  /** The number of the first change that is not applied yet. */
  nextChange: number
}

/** `nextChange` is the number of the first change that the state does not contain. */
export const openFreeOrder = (
  partitions: Partitions,
  { dimension, sign }: FreeOrderKey,
  state: State,
  nextChange: number,
): FreeOrder => {
  const width = state.dimensions.next
  const order: FreeOrder = {
    partitions,
    order: { dimension, sign, width, ranks: ranksOf(state.roster) },
    keys: new Float64Array(partitions.partitionOf.length),
    lists: [],
    free: new Float64Array(width),
    nextChange,
  }
  rebuildFreeOrder(order, state)
  return order
}

const rebuildFreeOrder = (
  { keys, partitions, lists, free, order }: FreeOrder,
  state: State,
): void => {
  for (const [partition, members] of partitions.members.entries()) {
    const list = newOrderedBlocks(order)
    for (const row of members) {
      readFree(free, state, row)
      keys[row] = sortKey(order, free)
      insertRow(list, row, free)
    }
    lists[partition] = list
  }
}

const readFree = (free: Amounts, state: State, row: number): void => {
  for (let d = 0; d < free.length; d++)
    free[d] = capacityAt(state, d as DimensionId, row) - loadAt(state, d as DimensionId, row)
}

/** Applies all changes of the log that are not applied yet. */
export const catchUpFreeOrder = (order: FreeOrder, state: State, changes: Changes): void => {
  const { partitionOf } = order.partitions
  const { nextChange } = order
  if (!reachesBackTo(changes, nextChange) || changes.count - nextChange > partitionOf.length)
    rebuildFreeOrder(order, state)
  else
    for (let number = nextChange; number < changes.count; number++) {
      const row = nodeOf(changes, number)
      const partition = partitionOf[row] ?? unassigned
      if (partition !== unassigned) moveNode(order, order.lists[partition]!, state, row)
    }
  order.nextChange = changes.count
}

/** Reads the free amounts of a node again, and moves it when its key changed. */
const moveNode = (
  { keys, free, order }: FreeOrder,
  list: OrderedBlocks,
  state: State,
  row: number,
): void => {
  readFree(free, state, row)
  const [before, key] = [keys[row]!, sortKey(order, free)]
  if (key === before) return updateRow(list, row, free)
  removeRow(list, row, before)
  keys[row] = key
  insertRow(list, row, free)
}
