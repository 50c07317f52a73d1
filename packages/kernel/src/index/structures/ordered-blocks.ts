/**
 * Keeps nodes sorted by their free amount of one dimension, in a list of blocks (a B-tree of height
 * one), and finds the first node, in this order, that has room for a demand. Nodes with equal
 * amounts are sorted by rank, which is their position by name.
 *
 * 1. `newOrderedBlocks`: one empty block.
 * 2. `insertRow`: a block of 64 is split in halves, so every block keeps a free slot.
 * 3. `updateRow`: the key is the same, other amounts changed.
 * 4. `removeRow`: an empty block is dropped; two neighbours with 16 nodes or fewer are merged.
 */
import type { Amounts } from '../../cluster/column.js'
import {
  appendBlock,
  blockSizeMax,
  hasRoom,
  insertEntry,
  newBlock,
  positionInBlock,
  recomputeFreeMax,
  removeEntry,
  sortKey,
  splitUpperHalf,
  writeEntry,
  type Block,
  type BlockOrder,
  type Demand,
} from './block.js'

export interface OrderedBlocks {
  readonly order: BlockOrder
  /** No block is empty, except a single one without nodes. */
  readonly blocks: Block[]
  /** By block: the key of its first node. One array, so that a binary search stays in cache. */
  keys: Amounts
}

/** An empty list. */
export const newOrderedBlocks = (order: BlockOrder): OrderedBlocks => ({
  order,
  blocks: [newBlock(order.width)],
  keys: new Float64Array(16),
})

/** Inserts a node that is not in the list, with its free amounts by dimension. */
export const insertRow = (list: OrderedBlocks, row: number, free: Amounts): void => {
  const { order, blocks } = list
  const [key, rank] = [sortKey(order, free), order.ranks[row]!]
  const number = findBlock(list, key, rank)
  const block = blocks[number]!
  insertEntry(block, positionInBlock(order, block, key, rank), row, free)
  if (block.count === blockSizeMax)
    insertBlock(list, number + 1, splitUpperHalf(order.width, block))
  updateFirstKey(list, number)
}

/** Removes a node that was inserted with this key. */
export const removeRow = (list: OrderedBlocks, row: number, key: number): void => {
  const { order, blocks } = list
  const rank = order.ranks[row]!
  const number = findBlock(list, key, rank)
  removeEntry(blocks[number]!, positionInBlock(order, blocks[number]!, key, rank), order.width)
  mergeOrDrop(list, number)
}

/** Replaces the free amounts of a node whose key is the same as before. */
export const updateRow = (list: OrderedBlocks, row: number, free: Amounts): void => {
  const { order, blocks } = list
  const [key, rank] = [sortKey(order, free), order.ranks[row]!]
  const block = blocks[findBlock(list, key, rank)]!
  writeEntry(block, positionInBlock(order, block, key, rank), row, free)
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
      if (hasRoom(block.free, at * order.width, demand)) return block.rows[at]!
    if (from === 0) recomputeFreeMax(block, order.width)
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
  let [low, high] = [0, blocks.length - 1]
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
  const [block, next] = [blocks[number]!, blocks[number + 1]]
  if (next !== undefined && block.count + next.count <= blockSizeMax / 4) {
    appendBlock(order.width, block, next)
    removeBlock(list, number + 1)
  }
  if (block.count === 0 && blocks.length > 1) removeBlock(list, number)
  else updateFirstKey(list, number)
}

const insertBlock = (list: OrderedBlocks, number: number, block: Block): void => {
  const { blocks, keys } = list
  if (blocks.length === keys.length) {
    list.keys = new Float64Array(2 * keys.length)
    list.keys.set(keys)
  }
  list.keys.copyWithin(number + 1, number, blocks.length)
  blocks.splice(number, 0, block)
  updateFirstKey(list, number)
}

const removeBlock = ({ blocks, keys }: OrderedBlocks, number: number): void => {
  keys.copyWithin(number, number + 1, blocks.length)
  blocks.splice(number, 1)
}

const updateFirstKey = ({ order, blocks, keys }: OrderedBlocks, number: number): void => {
  keys[number] = order.sign * blocks[number]!.free[order.dimension]!
}
