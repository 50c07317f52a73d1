/**
 * The order of rank: nodes by name, in code-unit order. Derived, and told when it is asked for.
 * What joined and what left since is kept beside, so that it is told anew without sorting all
 * names.
 */
import { byCodeUnit } from '../rule/text-order.js'
import type { Integers } from './column.js'

export interface Ranking {
  /** Rows in the order of rank, as it was told last. */
  rows: Integers
  /** The rank of each, by row; nothing until it is asked for. */
  ranks: Integers | undefined
  /**
   * Rows in use that are not in what was told, and rows of it whose node has gone. A row of both
   * has another node now.
   */
  readonly joins: Set<number>
  readonly leaves: Set<number>
}

export const emptyRanking = (): Ranking => ({
  rows: new Int32Array(0),
  ranks: undefined,
  joins: new Set(),
  leaves: new Set(),
})

export const copyRanking = ({ rows, ranks, joins, leaves }: Ranking): Ranking => ({
  rows,
  ranks,
  joins: new Set(joins),
  leaves: new Set(leaves),
})

export const noteJoin = ({ joins }: Ranking, row: number): void => void joins.add(row)

export const noteLeave = ({ joins, leaves }: Ranking, row: number): void => {
  if (!joins.delete(row)) leaves.add(row)
}

/** The rows in the order of rank; the same object while they stay as they are. */
export const sortedRows = (ranking: Ranking, nameOf: (row: number) => string): Integers => {
  const { joins, leaves } = ranking
  if (joins.size === 0 && leaves.size === 0) return ranking.rows
  ranking.rows = mergeJoins(ranking, nameOf)
  ranking.ranks = undefined
  joins.clear()
  leaves.clear()
  return ranking.rows
}

const mergeJoins = (
  { rows, joins, leaves }: Ranking,
  nameOf: (row: number) => string,
): Integers => {
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
