/**
 * Implements one block of the sorted node list in `ordered-blocks.ts`: up to 64 nodes, sorted by
 * key and then by rank (position by name). The block knows an upper bound of the free amount in
 * each dimension, so a search for room can skip the whole block.
 */
import type { Amounts, Integers } from '../../cluster/column.js'
import type { DimensionId } from '../../rule/id.js'

/** How nodes are sorted, and the amounts that are kept of each. */
export interface BlockOrder {
  /** The dimension whose free amount is the sort key. */
  readonly dimension: DimensionId
  /** 1 sorts the least free amount first, -1 the most. */
  readonly sign: 1 | -1
  /** How many dimensions are kept of each node. */
  readonly width: number
  /** By row: the node's rank, which decides between equal keys. */
  readonly ranks: Integers | Amounts
  /** By row: `width` free amounts of the node, one for each dimension. */
  readonly free: Amounts
}

export interface Block {
  /** How many nodes are in the block. */
  count: number
  readonly rows: Integers
  /** By dimension: at least the free amount of every node. Too high after a removal. */
  readonly freeMax: Amounts
}

/** Amounts that must be free, all above 0; each dimension at most once. */
export type Demand = readonly (readonly [dimension: number, amount: number])[]

export const blockSizeMax = 64

/** A block of these nodes, which are in order; there is room for 64. */
export const newBlock = (order: BlockOrder, members: Integers): Block => {
  const block = {
    count: members.length,
    rows: new Int32Array(blockSizeMax),
    freeMax: new Float64Array(order.width),
  }
  block.rows.set(members)
  recomputeFreeMax(block, order)
  return block
}

/** The sort key of a node. */
export const sortKey = ({ dimension, sign, width, free }: BlockOrder, row: number): number =>
  sign * free[row * width + dimension]!

/** Whether the amounts from `from` on cover the demand. */
export const hasRoom = (free: Amounts, from: number, demand: Demand): boolean => {
  for (let i = 0; i < demand.length; i++)
    if (free[from + demand[i]![0]]! < demand[i]![1]) return false
  return true
}

/** How many nodes of the block sort before this key and rank. */
export const positionInBlock = (
  order: BlockOrder,
  { count, rows }: Block,
  key: number,
  rank: number,
): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]!
    const own = sortKey(order, row)
    if (own < key || (own === key && order.ranks[row]! < rank)) low = middle + 1
    else high = middle
  }
  return low
}

/** Inserts a node at a position. The block must not be full. */
export const insertEntry = (block: Block, at: number, row: number, order: BlockOrder): void => {
  const { rows } = block
  for (let i = block.count++; i > at; i--) rows[i] = rows[i - 1]!
  rows[at] = row
  raiseFreeMax(block, row, order)
}

/** Removes a node. `freeMax` keeps its value. */
export const removeEntry = (block: Block, row: number): void => {
  const { rows } = block
  let at = 0
  while (rows[at] !== row) at++
  block.count--
  for (; at < block.count; at++) rows[at] = rows[at + 1]!
}

/** Raises `freeMax` where a node of the block has more free. */
const raiseFreeMax = ({ freeMax }: Block, row: number, { width, free }: BlockOrder): void => {
  for (let d = 0; d < width; d++) {
    const amount = free[row * width + d]!
    if (amount > freeMax[d]!) freeMax[d] = amount
  }
}

/** Makes `freeMax` exact again. */
export const recomputeFreeMax = (block: Block, order: BlockOrder): void => {
  block.freeMax.fill(-Infinity)
  for (let at = 0; at < block.count; at++) raiseFreeMax(block, block.rows[at]!, order)
}
