/**
 * Computes the memory layout of flat 8-ary tournaments, one per partition (nodes in the same
 * domains, such as zones, with equal fixed scores), all in one array. A tournament is a tree in
 * which each cell holds the best of its 8 children. Classes (workloads as the scheduler sees them)
 * with the same partitions share the layout.
 */
import type { Integers } from '../../cluster/column.js'
import { noNumber, type Partitions } from './partitions.js'

/**
 * The lowest level has one leaf per node, in order of rank (position by name). Each higher level
 * has one cell per 8 cells of the level below and follows it in the array. Every level is padded to
 * a multiple of 8; the highest has 8 cells. Example: 100 nodes take levels of 104, 16 and 8 cells.
 */
export interface FlatLayout {
  /** By row; `noNumber` for a node without a partition. */
  readonly partitionOf: Integers
  /** By row: the cell of the node's leaf; `noNumber` for a node without a partition. */
  readonly leafOf: Integers
  /** By cell: the row of the node; `noNumber` in padding and in upper levels. */
  readonly rowAt: Integers
  /** By partition: the cell of its first leaf. */
  readonly starts: Integers
  /** By partition: how many positions it has. */
  readonly sizes: Integers
  /** The moves of the partitions. */
  readonly moves: readonly number[]
  /** How many numbers of these are applied. */
  nextMove: number
}

export const flatLayoutOf = ({
  partitionOf,
  positionOf,
  members,
  moves,
}: Partitions): FlatLayout => {
  const sizes = Int32Array.from(members, ({ length }) => length)
  const starts = new Int32Array(sizes.length)
  let cells = 0
  for (const [partition, size] of sizes.entries()) {
    starts[partition] = cells
    cells += cellCount(size)
  }
  const leafOf = partitionOf.map((partition, row) =>
    partition === noNumber ? noNumber : starts[partition]! + positionOf[row]!,
  )
  const rowAt = new Int32Array(cells).fill(noNumber)
  for (const [row, leaf] of leafOf.entries()) if (leaf !== noNumber) rowAt[leaf] = row
  return { partitionOf, leafOf, rowAt, starts, sizes, moves, nextMove: moves.length }
}

/** Applies all moves of the partitions that are not applied yet. */
export const catchUpLayout = (layout: FlatLayout, { positionOf }: Partitions): void => {
  const { partitionOf, leafOf, rowAt, starts, moves, nextMove } = layout
  for (let i = nextMove; i < moves.length; i += 3) {
    const leaf = leafOf[moves[i]!]!
    if (leaf !== noNumber) rowAt[leaf] = noNumber
    leafOf[moves[i]!] = noNumber
  }
  for (let i = nextMove; i < moves.length; i += 3) {
    const row = moves[i]!
    const partition = partitionOf[row]!
    if (partition === noNumber) continue
    const leaf = starts[partition]! + positionOf[row]!
    leafOf[row] = leaf
    rowAt[leaf] = row
  }
  layout.nextMove = moves.length
}

/** How many cells a tournament of so many nodes has, all levels together. */
const cellCount = (nodes: number): number => {
  const size = roundUpTo8(nodes)
  return size <= 8 ? size : size + cellCount(size >> 3)
}

/** The smallest multiple of 8 that is not below the size. */
export const roundUpTo8 = (size: number): number => (size + 7) & ~7
