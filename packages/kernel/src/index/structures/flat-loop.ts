/**
 * Scores nodes by free share and balance, and keeps the scores in flat 8-ary tournament trees.
 * There is one tree per partition (nodes in the same domains, such as zones, with equal fixed
 * scores); each cell of a tree holds the best of its 8 children. Three things make the loop fast:
 *
 * - Unpredictable comparisons are branch-free arithmetic, which a processor cannot mispredict.
 * - `rescore` writes all leaves before any upper cell, so that memory loads overlap.
 * - Values are 16-bit integers: the 8 children of a cell are 16 bytes.
 *
 * The scores equal those of the folders `judge` and `score` to the last bit. `bench/wasm` replaces
 * this file by one with the same exports.
 */
import type { Amounts, Integers } from '../../cluster/column.js'
import { roundUpTo8, type FlatLayout } from './flat-layout.js'
import type { NodeRecords } from './node-records.js'

/** What the loop must know about a class. */
export interface LoopQuery {
  /** By dimension: the amount that must be free; -Infinity where none is needed. */
  readonly freeMin: Amounts
  /** Scores the share that stays free: the weighted mean of two dimensions, times the factor. */
  readonly freeShare: PairScore
  /** Scores how much more even two dimensions are used, times the factor. Ignores weights. */
  readonly balance: PairScore
}

/** A score over two dimensions. It is switched off by the factor 0. */
export interface PairScore {
  /** The two dimensions; they may be the same. */
  readonly first: number
  readonly second: number
  /** What the replica adds to the load. */
  readonly firstAmount: number
  readonly secondAmount: number
  readonly firstWeight: number
  readonly secondWeight: number
  readonly factor: number
}

/** The tournaments of one class. */
export interface LoopState {
  readonly layout: FlatLayout
  readonly records: NodeRecords
  readonly query: LoopQuery
  /** By cell: the node's score, or the best score below; `infeasible` without feasible nodes. */
  readonly values: Int16s
  /** By partition: how many nodes are feasible. */
  readonly counts: Integers
  /** In and out: rows to rescore, or the best row of each partition. */
  readonly rows: Integers
}

type Int16s = Int16Array<ArrayBuffer>

/** How many rows one call of `rescore` may get. */
export const batchRows = 512

const infeasible = -32_768

/** Tournaments in which no node is feasible yet. */
export const newLoopState = (
  records: NodeRecords,
  layout: FlatLayout,
  query: LoopQuery,
): LoopState => {
  const partitions = layout.sizes.length
  return {
    layout,
    records,
    query,
    values: new Int16Array(layout.rowAt.length).fill(infeasible),
    counts: new Int32Array(partitions),
    rows: new Int32Array(Math.max(partitions, batchRows)),
  }
}

/**
 * Scores the nodes in the first `count` entries of `rows` again; all must have a partition.
 * Overwrites `rows`. A property test compares the scores with those of `judge` and `score`.
 */
export const rescore = (loop: LoopState, count: number): void => {
  const { values, rows } = loop
  const { partitionOf, leafOf, starts, sizes } = loop.layout
  const changed = writeLeaves(loop, count)
  for (let i = 0; i < changed; i++) {
    const row = rows[i]!
    const partition = partitionOf[row]!
    bubbleUp(values, starts[partition]!, sizes[partition]!, leafOf[row]! - starts[partition]!)
  }
}

/** Empties the leaf at a position of a partition, whose node has left or moved. */
export const clearLeafAt = (
  { layout, values, counts }: LoopState,
  partition: number,
  position: number,
): void => {
  const start = layout.starts[partition]!
  if (values[start + position] === infeasible) return
  values[start + position] = infeasible
  counts[partition]!--
  bubbleUp(values, start, layout.sizes[partition]!, position)
}

/** Moves the rows whose score changed to the front of `rows`, and returns how many there are. */
const writeLeaves = (
  { records, layout, query, values, counts, rows }: LoopState,
  count: number,
): number => {
  const { amounts, width } = records
  const { partitionOf, leafOf } = layout
  let changed = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const leaf = leafOf[row]!
    const now = scoreNode(amounts, width, query, 2 * width * row)
    const before = values[leaf]!
    values[leaf] = now
    rows[changed] = row
    changed += differs(before, now)
    const more = differs(now, infeasible) - differs(before, infeasible)
    if (more !== 0) counts[partitionOf[row]!]! += more
  }
  return changed
}

/** 1 when two integers differ, else 0; branch-free. */
const differs = (a: number, b: number): number => {
  const bits = a ^ b
  return (bits | -bits) >>> 31
}

/** The score of the node whose record starts at `capacity`, or `infeasible`. */
const scoreNode = (amounts: Amounts, width: number, query: LoopQuery, capacity: number): number => {
  const { freeMin, freeShare, balance } = query
  const load = capacity + width
  for (let i = 0; i < width; i++)
    if (amounts[capacity + i]! - amounts[load + i]! < freeMin[i]!) return infeasible
  return (
    (freeShareScore(amounts, capacity, load, freeShare) +
      balanceScore(amounts, capacity, load, balance)) |
    0
  )
}

const freeShareScore = (
  amounts: Amounts,
  capacity: number,
  load: number,
  score: PairScore,
): number => {
  const { first, second, firstWeight, secondWeight, factor } = score
  if (factor === 0) return 0
  const firstTotal = amounts[capacity + first]!
  const secondTotal = amounts[capacity + second]!
  const firstFree = firstTotal - amounts[load + first]! - score.firstAmount
  const secondFree = secondTotal - amounts[load + second]! - score.secondAmount
  const sum =
    firstWeight * freePercent(firstTotal, firstFree) +
    secondWeight * freePercent(secondTotal, secondFree)
  const weights = (firstTotal > 0 ? firstWeight : 0) + (secondTotal > 0 ? secondWeight : 0)
  return weights > 0 ? factor * Math.floor(sum / weights) : 0
}

const balanceScore = (
  amounts: Amounts,
  capacity: number,
  load: number,
  score: PairScore,
): number => {
  const { first, second, firstAmount, secondAmount, factor } = score
  if (factor === 0) return 0
  const firstTotal = amounts[capacity + first]!
  const secondTotal = amounts[capacity + second]!
  if (firstTotal === 0 || secondTotal === 0) return factor * 75
  const firstLoad = amounts[load + first]!
  const secondLoad = amounts[load + second]!
  const change =
    balancePercent(
      (firstLoad + firstAmount) / firstTotal,
      (secondLoad + secondAmount) / secondTotal,
    ) - balancePercent(firstLoad / firstTotal, secondLoad / secondTotal)
  return factor * (50 + Math.floor((50 + change) / 2))
}

const freePercent = (total: number, free: number): number =>
  free > 0 ? Math.floor((free * 100) / total) : 0

const balancePercent = (a: number, b: number): number =>
  Math.floor((1 - Math.abs((Math.min(a, 1) - Math.min(b, 1)) / 2)) * 100)

/** Recomputes the cells above a leaf, up to the first that keeps its value. */
const bubbleUp = (values: Int16s, start: number, nodes: number, position: number): void => {
  let size = roundUpTo8(nodes)
  let level = start
  let at = position
  while (size > 8) {
    const best = maxOf8(values, level + (at & ~7))
    level += size
    size = roundUpTo8(size >> 3)
    at >>= 3
    if (values[level + at] === best) return
    values[level + at] = best
  }
}

const maxOf8 = (values: Int16s, from: number): number =>
  maxOf2(maxOf4(values, from), maxOf4(values, from + 4))

const maxOf4 = (values: Int16s, from: number): number =>
  maxOf2(maxOf2(values[from]!, values[from + 1]!), maxOf2(values[from + 2]!, values[from + 3]!))

/** Branch-free: the sign bit of the difference selects. */
const maxOf2 = (a: number, b: number): number => a - ((a - b) & ((a - b) >> 31))

/**
 * Writes to `rows` the best node of each partition that has feasible nodes, the first by rank among
 * equals, and returns how many there are.
 */
export const bestPerPartition = ({ layout, values, counts, rows }: LoopState): number => {
  const { starts, sizes } = layout
  let count = 0
  for (let partition = 0; partition < counts.length; partition++) {
    if (counts[partition] === 0) continue
    const start = starts[partition]!
    rows[count++] = layout.rowAt[start + firstBest(values, start, sizes[partition]!)]!
  }
  return count
}

/** The position of the leftmost leaf with the best value, found from the top level down. */
const firstBest = (values: Int16s, start: number, nodes: number): number => {
  const size = roundUpTo8(nodes)
  const parent = size <= 8 ? 0 : firstBest(values, start + size, size >> 3)
  const from = start + 8 * parent
  const best = maxOf8(values, from)
  let at = 0
  while (values[from + at] !== best) at++
  return 8 * parent + at
}
