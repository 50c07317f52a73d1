/**
 * Nodes in the order of what they have left of one dimension, and among equals of rank. Whoever
 * asks takes the first that has enough of everything. They stand in blocks of a few dozen, each of
 * which knows the most that any of its nodes has left of each dimension, so that most blocks are
 * passed at a glance.
 */
import type { Amounts, Integers } from '../cluster/column.js'
import type { DimensionId } from '../rule/id.js'

export interface Sorting {
  readonly dimension: DimensionId
  /** 1 where those come first that have the least left, -1 where those do that have the most. */
  readonly sign: 1 | -1
  /** How many dimensions are told of each node. */
  readonly width: number
  /** By row. */
  readonly ranks: Integers
}

export interface Line {
  readonly sorting: Sorting
  /** None is empty, but for the only one where nobody stands in line. */
  readonly blocks: Block[]
  /** By block, the key of its first node: a search reads these one after the other. */
  firsts: Amounts
}

interface Block {
  count: number
  readonly rows: Integers
  /** What each node has left, `width` amounts after the other. */
  readonly left: Amounts
  /** By dimension: no node of the block has more left; one may have had it that is gone. */
  readonly most: Amounts
}

const blockMax = 64

/** So much of each dimension, which is more than 0; each dimension once. */
export type Demand = readonly (readonly [dimension: number, amount: number])[]

export const newLine = (sorting: Sorting): Line => ({
  sorting,
  blocks: [newBlock(sorting.width)],
  firsts: new Float64Array(16),
})

const newBlock = (width: number): Block => ({
  count: 0,
  rows: new Int32Array(blockMax),
  left: new Float64Array(blockMax * width),
  most: new Float64Array(width).fill(-Infinity),
})

/** By what a node has left of each dimension. */
export const keyOf = ({ dimension, sign }: Sorting, left: Amounts): number =>
  sign * left[dimension]!

/** Puts a node in that is not in line, with what it has left. */
export const putInLine = (line: Line, row: number, left: Amounts): void => {
  const { sorting, blocks } = line
  const [key, rank] = [keyOf(sorting, left), sorting.ranks[row]!]
  const number = blockFor(line, key, rank)
  const block = blocks[number]!
  insertAt(block, placeIn(sorting, block, key, rank), row, left)
  if (block.count === blockMax) insertBlock(line, number + 1, upperHalf(sorting.width, block))
  noteFirst(line, number)
}

/** Takes a node out that stands there by this key. */
export const takeFromLine = (line: Line, row: number, key: number): void => {
  const { sorting, blocks } = line
  const rank = sorting.ranks[row]!
  const number = blockFor(line, key, rank)
  removeAt(blocks[number]!, placeIn(sorting, blocks[number]!, key, rank), sorting.width)
  mend(line, number)
}

/** A node that keeps its key has something else left than before. */
export const retellInLine = (line: Line, row: number, left: Amounts): void => {
  const { sorting, blocks } = line
  const [key, rank] = [keyOf(sorting, left), sorting.ranks[row]!]
  const block = blocks[blockFor(line, key, rank)]!
  tell(block, placeIn(sorting, block, key, rank), row, left)
}

/**
 * The row of the first node that has enough left, or nothing. Where the least is first, all that
 * have too little come before.
 */
export const firstWithRoom = (line: Line, demand: Demand): number | undefined => {
  const { sorting, blocks } = line
  const least = sorting.sign === 1 ? amountOf(demand, sorting.dimension) : -Infinity
  const first = blockFor(line, least, -1)
  for (let number = first; number < blocks.length; number++) {
    const block = blocks[number]!
    if (!hasRoom(block.most, 0, demand)) continue
    const from = number === first ? placeIn(sorting, block, least, -1) : 0
    for (let at = from; at < block.count; at++)
      if (hasRoom(block.left, at * sorting.width, demand)) return block.rows[at]!
    if (from === 0) tighten(block, sorting.width)
  }
  return undefined
}

const amountOf = (demand: Demand, dimension: number): number => {
  for (let i = 0; i < demand.length; i++) if (demand[i]![0] === dimension) return demand[i]![1]
  return -Infinity
}

const hasRoom = (left: Amounts, from: number, demand: Demand): boolean => {
  for (let i = 0; i < demand.length; i++)
    if (left[from + demand[i]![0]]! < demand[i]![1]) return false
  return true
}

/** The last block that begins with this key and rank or before, or else the first. */
const blockFor = (line: Line, key: number, rank: number): number => {
  const { firsts, blocks } = line
  let [low, high] = [0, blocks.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const first = firsts[middle]!
    if (first < key || (first === key && rankIn(line, middle) <= rank)) low = middle
    else high = middle - 1
  }
  return low
}

const rankIn = ({ sorting, blocks }: Line, number: number): number =>
  sorting.ranks[blocks[number]!.rows[0]!]!

/** How many of the block stand before this key and rank. */
const placeIn = (
  sorting: Sorting,
  { count, rows, left }: Block,
  key: number,
  rank: number,
): number => {
  const { dimension, sign, width, ranks } = sorting
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    const own = sign * left[middle * width + dimension]!
    if (own < key || (own === key && ranks[rows[middle]!]! < rank)) low = middle + 1
    else high = middle
  }
  return low
}

const tell = (block: Block, at: number, row: number, left: Amounts): void => {
  const { length } = left
  block.rows[at] = row
  for (let d = 0; d < length; d++) {
    block.left[at * length + d] = left[d]!
    if (left[d]! > block.most[d]!) block.most[d] = left[d]!
  }
}

const insertAt = (block: Block, at: number, row: number, left: Amounts): void => {
  const { length } = left
  block.rows.copyWithin(at + 1, at, block.count)
  block.left.copyWithin((at + 1) * length, at * length, block.count * length)
  block.count++
  tell(block, at, row, left)
}

const removeAt = (block: Block, at: number, width: number): void => {
  block.rows.copyWithin(at, at + 1, block.count)
  block.left.copyWithin(at * width, (at + 1) * width, block.count * width)
  block.count--
}

/** Takes the upper half out of a full block, into one of its own. */
const upperHalf = (width: number, block: Block): Block => {
  const upper = newBlock(width)
  block.count = blockMax / 2
  upper.count = blockMax / 2
  upper.rows.set(block.rows.subarray(block.count))
  upper.left.set(block.left.subarray(block.count * width))
  tighten(block, width)
  tighten(upper, width)
  return upper
}

/**
 * After something was taken out of this block: an empty one goes, and what is left of two that are
 * nearly empty is put together.
 */
const mend = (line: Line, number: number): void => {
  const { sorting, blocks } = line
  const [block, next] = [blocks[number]!, blocks[number + 1]]
  if (next !== undefined && block.count + next.count <= blockMax / 4) {
    block.rows.set(next.rows.subarray(0, next.count), block.count)
    block.left.set(next.left.subarray(0, next.count * sorting.width), block.count * sorting.width)
    block.count += next.count
    tighten(block, sorting.width)
    removeBlock(line, number + 1)
  }
  if (block.count === 0 && blocks.length > 1) removeBlock(line, number)
  else noteFirst(line, number)
}

const insertBlock = (line: Line, number: number, block: Block): void => {
  const { blocks, firsts } = line
  if (blocks.length === firsts.length) {
    line.firsts = new Float64Array(2 * firsts.length)
    line.firsts.set(firsts)
  }
  line.firsts.copyWithin(number + 1, number, blocks.length)
  blocks.splice(number, 0, block)
  noteFirst(line, number)
}

const removeBlock = ({ blocks, firsts }: Line, number: number): void => {
  firsts.copyWithin(number, number + 1, blocks.length)
  blocks.splice(number, 1)
}

const noteFirst = ({ sorting, blocks, firsts }: Line, number: number): void => {
  firsts[number] = sorting.sign * blocks[number]!.left[sorting.dimension]!
}

/** Makes the most exact again. */
const tighten = ({ count, left, most }: Block, width: number): void => {
  most.fill(-Infinity)
  for (let at = 0; at < count; at++)
    for (let d = 0; d < width; d++)
      if (left[at * width + d]! > most[d]!) most[d] = left[at * width + d]!
}
