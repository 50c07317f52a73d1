/**
 * Keeps nodes sorted by their free amount of one dimension, in a list of blocks (a B-tree of height
 * one). It finds the first node that has room for a demand. Nodes with equal amounts are sorted by
 * rank (position by name).
 *
 * 1. `newOrderedBlocks` creates one empty block.
 * 2. `insertRow` splits a block of 64 in halves, so every block keeps a free place.
 * 3. `removeRow` drops an empty block, and merges two neighbours with 16 nodes or fewer.
 */
import {
  blockSizeMax,
  hasRoom,
  insertEntry,
  newBlock,
  positionInBlock,
  recomputeFreeMax,
  removeEntry,
  sortKey,
  type Block,
  type BlockOrder,
  type Demand,
} from './block.js'

export interface OrderedBlocks {
  readonly order: BlockOrder
  /** No block is empty, except a single one without nodes. */
  readonly blocks: Block[]
  /** By block: the key of its first node. One array, so that a binary search stays in cache. */
  readonly keys: number[]
}

/** An empty list. */
export const newOrderedBlocks = (order: BlockOrder): OrderedBlocks => ({
  order,
  blocks: [newBlock(order, new Int32Array(0))],
  keys: [NaN],
})

/**
 * Inserts a node that is not in the list. The free amounts of a node change only while it is not in
 * the list.
 */
export const insertRow = (list: OrderedBlocks, row: number): void => {
  const { order, blocks } = list
  const key = sortKey(order, row)
  const rank = order.ranks[row]!
  const number = findBlock(list, key, rank)
  const block = blocks[number]!
  insertEntry(block, positionInBlock(order, block, key, rank), row, order)
  if (block.count === blockSizeMax) splitBlock(list, number)
  updateFirstKey(list, number)
}

/** Removes a node of the list. */
export const removeRow = (list: OrderedBlocks, row: number): void => {
  const number = findBlock(list, sortKey(list.order, row), list.order.ranks[row]!)
  removeEntry(list.blocks[number]!, row)
  mergeOrDrop(list, number)
}

/**
 * The row of the first node with room for the demand, or undefined. With the least free amount
 * first, the search starts at the first node with enough of the key's dimension. A block that was
 * searched in vain gets an exact `freeMax`, so the next search skips it.
 */
export const firstFit = (list: OrderedBlocks, demand: Demand): number | undefined => {
  const { order, blocks } = list
  const keyMin = order.sign === 1 ? demandIn(demand, order.dimension) : -Infinity
  const first = findBlock(list, keyMin, -1)
  for (let number = first; number < blocks.length; number++) {
    const block = blocks[number]!
    if (!hasRoom(block.freeMax, 0, demand)) continue
    const from = number === first ? positionInBlock(order, block, keyMin, -1) : 0
    for (let at = from; at < block.count; at++)
      if (hasRoom(order.free, block.rows[at]! * order.width, demand)) return block.rows[at]!
    if (from === 0) recomputeFreeMax(block, order)
  }
  return undefined
}

const demandIn = (demand: Demand, dimension: number): number => {
  for (let i = 0; i < demand.length; i++) if (demand[i]![0] === dimension) return demand[i]![1]
  return -Infinity
}

/** The number of the last block that starts at or before this key and rank; 0 when none does. */
const findBlock = (list: OrderedBlocks, key: number, rank: number): number => {
  const { keys, blocks } = list
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const first = keys[middle]!
    if (first < key || (first === key && firstRank(list, middle) <= rank)) low = middle
    else high = middle - 1
  }
  return low
}

const firstRank = ({ order, blocks }: OrderedBlocks, number: number): number =>
  order.ranks[blocks[number]!.rows[0]!]!

/** After a removal: merges the block with the next one, or drops it when it is empty. */
const mergeOrDrop = (list: OrderedBlocks, number: number): void => {
  const { order, blocks } = list
  const block = blocks[number]!
  const next = blocks[number + 1]
  if (next !== undefined && block.count + next.count <= blockSizeMax / 4) {
    for (let at = 0; at < next.count; at++) insertEntry(block, block.count, next.rows[at]!, order)
    removeBlock(list, number + 1)
  }
  if (block.count === 0 && blocks.length > 1) removeBlock(list, number)
  else updateFirstKey(list, number)
}

/** Moves the upper half of a full block into a new one after it. */
const splitBlock = (list: OrderedBlocks, number: number): void => {
  const { order, blocks, keys } = list
  const block = blocks[number]!
  const upper = newBlock(order, block.rows.subarray(blockSizeMax / 2))
  block.count = blockSizeMax / 2
  recomputeFreeMax(block, order)
  keys.splice(number + 1, 0, NaN)
  blocks.splice(number + 1, 0, upper)
  updateFirstKey(list, number + 1)
}

const removeBlock = ({ blocks, keys }: OrderedBlocks, number: number): void => {
  keys.splice(number, 1)
  blocks.splice(number, 1)
}

/** The key of a list without nodes means nothing. */
const updateFirstKey = ({ order, blocks, keys }: OrderedBlocks, number: number): void => {
  keys[number] = sortKey(order, blocks[number]!.rows[0]!)
}
