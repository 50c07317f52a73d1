/**
 * The order of rank: nodes by name, in code-unit order. Derived, and told when it is asked for.
 * What joined and what left since is kept beside, so that it is told anew without sorting all
 * names.
 */
import { byCodeUnit } from '../rule/text-order.js'
import type { Integers } from './column.js'

export interface Ranking {
  /** Rows in the order of rank, as it was told last. */
  told: Integers
  /** The rank of each, by row; nothing until it is asked for. */
  ranks: Integers | undefined
  /**
   * Rows in use that are not in what was told, and rows of it whose node has gone. A row of both
   * has another node now.
   */
  readonly joined: Set<number>
  readonly left: Set<number>
}

export const emptyRanking = (): Ranking => ({
  told: new Int32Array(0),
  ranks: undefined,
  joined: new Set(),
  left: new Set(),
})

export const copyRanking = ({ told, ranks, joined, left }: Ranking): Ranking => ({
  told,
  ranks,
  joined: new Set(joined),
  left: new Set(left),
})

export const noteJoined = ({ joined }: Ranking, row: number): void => void joined.add(row)

export const noteLeft = ({ joined, left }: Ranking, row: number): void => {
  if (!joined.delete(row)) left.add(row)
}

/** The rows in the order of rank; the same object while they stay as they are. */
export const toldIn = (ranking: Ranking, nameOf: (row: number) => string): Integers => {
  const { joined, left } = ranking
  if (joined.size === 0 && left.size === 0) return ranking.told
  ranking.told = retold(ranking, nameOf)
  ranking.ranks = undefined
  joined.clear()
  left.clear()
  return ranking.told
}

const retold = ({ told, joined, left }: Ranking, nameOf: (row: number) => string): Integers => {
  const fresh = [...joined].sort((a, b) => byCodeUnit(nameOf(a), nameOf(b)))
  const rows = new Int32Array(told.length - left.size + fresh.length)
  let [count, next] = [0, 0]
  for (const row of told) {
    if (left.has(row)) continue
    while (next < fresh.length && byCodeUnit(nameOf(fresh[next]!), nameOf(row)) < 0)
      rows[count++] = fresh[next++]!
    rows[count++] = row
  }
  while (next < fresh.length) rows[count++] = fresh[next++]!
  return rows
}
