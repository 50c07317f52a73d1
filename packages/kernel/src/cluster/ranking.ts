/**
 * Computes the rank of every node: its position when all nodes are sorted by name. Ranks are
 * updated when they are read, by merging in the nodes that joined or left since the last read.
 */
import { byCodeUnit } from '../rule/text-order.js'
import { grownIntegers, type Integers } from './column.js'

/** Derived from the roster. `joins` and `leaves` are the changes that `rows` does not have yet. */
export interface Ranking {
  /** Rows in the order of rank, as of the last read; another object after each change. */
  rows: Integers
  /** The rank by row; `undefined` until `ranksOf` is called. */
  ranks: Integers | undefined
  /**
   * Rows in use that are not in `rows`, and rows in `rows` whose node left. A row in both was freed
   * and has a new node.
   */
  readonly joins: Set<number>
  readonly leaves: Set<number>
}

/** No nodes. */
export const emptyRanking = (): Ranking => ({
  rows: new Int32Array(0),
  ranks: undefined,
  joins: new Set(),
  leaves: new Set(),
})

/** A copy that can be written to. */
export const copyRanking = ({ rows, ranks, joins, leaves }: Ranking): Ranking => ({
  rows: rows.slice(),
  ranks,
  joins: new Set(joins),
  leaves: new Set(leaves),
})

/** A node joined in this row. */
export const noteJoin = ({ joins }: Ranking, row: number): void => void joins.add(row)

/** The node in this row left. */
export const noteLeave = ({ joins, leaves }: Ranking, row: number): void => {
  if (!joins.delete(row)) leaves.add(row)
}

/**
 * A node was redescribed: the rows become another array with the same content, so that whatever was
 * derived from the nodes, and is kept by the identity of that array, is derived again.
 */
export const noteRedescription = (ranking: Ranking): void => {
  ranking.rows = ranking.rows.slice()
}

/** The rows in the order of rank; the same array while no node joins, leaves or is redescribed. */
export const sortedRows = (ranking: Ranking, nameOf: (row: number) => string): Integers => {
  const { joins, leaves } = ranking
  if (joins.size === 0 && leaves.size === 0) return ranking.rows
  ranking.rows = mergeJoins(ranking, nameOf)
  ranking.ranks = undefined
  joins.clear()
  leaves.clear()
  return ranking.rows
}

/** Up to so many joins and leaves are looked up one by one. */
const splicesMax = 8

const mergeJoins = (ranking: Ranking, nameOf: (row: number) => string): Integers =>
  (ranking.joins.size + ranking.leaves.size <= splicesMax ? spliceRows : mergeRows)(ranking, nameOf)

/** Moves the rows after each of them by one, in memory that no other ranking shares. */
const spliceRows = (
  { rows, joins, leaves }: Ranking,
  nameOf: (row: number) => string,
): Integers => {
  let count = rows.length
  let all: Integers = new Int32Array(rows.buffer)
  for (const row of leaves) {
    const rank = all.indexOf(row)
    all.copyWithin(rank, rank + 1, count--)
  }
  all = grownIntegers(all, count + joins.size)
  for (const row of joins) {
    const rank = rankOfName(all.subarray(0, count), nameOf, nameOf(row))
    all.copyWithin(rank + 1, rank, count++)
    all[rank] = row
  }
  return all.subarray(0, count)
}

/** How many of the rows, in the order of rank, have a name that sorts before this one. */
export const rankOfName = (
  rows: Integers,
  nameOf: (row: number) => string,
  name: string,
): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (byCodeUnit(nameOf(rows[middle]!), name) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Drops the leaves and merges the sorted joins, in one pass over the rows. */
const mergeRows = ({ rows, joins, leaves }: Ranking, nameOf: (row: number) => string): Integers => {
  const fresh = [...joins].sort((a, b) => byCodeUnit(nameOf(a), nameOf(b)))
  const merged = new Int32Array(rows.length - leaves.size + fresh.length)
  let [count, next] = [0, 0]
  for (const row of rows) {
    if (leaves.has(row)) continue
    while (next < fresh.length && byCodeUnit(nameOf(fresh[next]!), nameOf(row)) < 0)
      merged[count++] = fresh[next++]!
    merged[count++] = row
  }
  while (next < fresh.length) merged[count++] = fresh[next++]!
  return merged
}
