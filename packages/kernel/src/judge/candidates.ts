/**
 * Holds the candidates of a placement decision: the rows of the nodes that no filter has refused so
 * far, in the order of rank (position by name). Also drops the candidates that a predicate refuses.
 */
import type { Integers } from '../cluster/column.js'

/** The first `count` rows are candidates; the rest is left over. */
export interface Candidates {
  readonly rows: Integers
  count: number
}

/** Drops the candidates that the predicate refuses and keeps the order. */
export const keepWhere = (candidates: Candidates, allows: (row: number) => boolean): void => {
  candidates.count = compactWhere(candidates, allows)
}

const compactWhere = ({ rows, count }: Candidates, allows: (row: number) => boolean): number => {
  let remaining = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    if (allows(row)) rows[remaining++] = row
  }
  return remaining
}
