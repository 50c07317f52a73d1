/**
 * Implements one block of ordered blocks (the sorted node list of `ordered-blocks.ts`): up to 64
 * nodes, sorted by key and then by rank (position by name), each with its free amounts. The block
 * knows an upper bound of the free amount in each dimension, so a search for room skips the whole
 * block with one comparison per dimension.
 */
import type { Amounts, Integers } from '../../cluster/column.js'
import type { DimensionId } from '../../rule/id.js'

/** How nodes are sorted, and how many amounts are kept of each. */
export interface BlockOrder {
  /** The dimension whose free amount is the sort key. */
  readonly dimension: DimensionId
  /** 1 sorts the least free amount first, -1 the most. */
  readonly sign: 1 | -1
  /** How many dimensions are kept of each node. */
  readonly width: number
  /** By row: the node's rank, which decides between equal keys. */
  readonly ranks: Integers
}

export interface Block {
  /** How many nodes are in the block. */
  count: number
  readonly rows: Integers
  /** By position: `width` free amounts of the node, one for each dimension. */
  readonly free: Amounts
  /** By dimension: at least the free amount of every node. Too high after a removal. */
  readonly freeMax: Amounts
}

/** Amounts that must be free, all above 0; each dimension at most once. */
export type Demand = readonly (readonly [dimension: number, amount: number])[]

export const blockSizeMax = 64

/** An empty block for so many dimensions. */
export const newBlock = (width: number): Block => ({
  count: 0,
  rows: new Int32Array(blockSizeMax),
  free: new Float64Array(blockSizeMax * width),
  freeMax: new Float64Array(width).fill(-Infinity),
})

/** The sort key of a node, computed from its free amounts by dimension. */
export const sortKey = ({ dimension, sign }: BlockOrder, free: Amounts): number =>
  sign * free[dimension]!

/** Whether the amounts from `from` on cover the demand. */
export const hasRoom = (free: Amounts, from: number, demand: Demand): boolean => {
  for (let i = 0; i < demand.length; i++)
    if (free[from + demand[i]![0]]! < demand[i]![1]) return false
  return true
}

/** How many nodes of the block sort before this key and rank. */
export const positionInBlock = (
  order: BlockOrder,
  { count, rows, free }: Block,
  key: number,
  rank: number,
): number => {
  const { dimension, sign, width, ranks } = order
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    const own = sign * free[middle * width + dimension]!
    if (own < key || (own === key && ranks[rows[middle]!]! < rank)) low = middle + 1
    else high = middle
  }
  return low
}

/** Overwrites the node at a position, and raises `freeMax` where it has more free. */
export const writeEntry = (block: Block, at: number, row: number, free: Amounts): void => {
  const { length } = free
  block.rows[at] = row
  for (let d = 0; d < length; d++) {
    block.free[at * length + d] = free[d]!
    if (free[d]! > block.freeMax[d]!) block.freeMax[d] = free[d]!
  }
}

/** Inserts a node at a position. The block must not be full. */
export const insertEntry = (block: Block, at: number, row: number, free: Amounts): void => {
  const { length } = free
  block.rows.copyWithin(at + 1, at, block.count)
  block.free.copyWithin((at + 1) * length, at * length, block.count * length)
  block.count++
  writeEntry(block, at, row, free)
}

/** Removes the node at a position. `freeMax` keeps its value. */
export const removeEntry = (block: Block, at: number, width: number): void => {
  block.rows.copyWithin(at, at + 1, block.count)
  block.free.copyWithin(at * width, (at + 1) * width, block.count * width)
  block.count--
}

/** Moves the upper half of a full block into a new block, which is returned. */
export const splitUpperHalf = (width: number, block: Block): Block => {
  const upper = newBlock(width)
  block.count = blockSizeMax / 2
  upper.count = blockSizeMax / 2
  upper.rows.set(block.rows.subarray(block.count))
  upper.free.set(block.free.subarray(block.count * width))
  recomputeFreeMax(block, width)
  recomputeFreeMax(upper, width)
  return upper
}

/** Copies the nodes of the next block to the end of this one. */
export const appendBlock = (width: number, block: Block, next: Block): void => {
  block.rows.set(next.rows.subarray(0, next.count), block.count)
  block.free.set(next.free.subarray(0, next.count * width), block.count * width)
  block.count += next.count
  recomputeFreeMax(block, width)
}

/** Makes `freeMax` exact again. */
export const recomputeFreeMax = ({ count, free, freeMax }: Block, width: number): void => {
  freeMax.fill(-Infinity)
  for (let at = 0; at < count; at++)
    for (let d = 0; d < width; d++)
      if (free[at * width + d]! > freeMax[d]!) freeMax[d] = free[at * width + d]!
}
