/**
 * The nodes that are still in question, as rows in the order of rank. Narrowing drops some and
 * keeps the others in order.
 */
import type { Integers } from '../cluster/column.js'

export interface Candidates {
  readonly rows: Integers
  count: number
}

/** Keeps the candidates of which the judgement says yes. */
export const keepWhere = (candidates: Candidates, allows: (row: number) => boolean): void => {
  candidates.count = compactWhere(candidates, allows)
}

const compactWhere = ({ rows, count }: Candidates, allows: (row: number) => boolean): number => {
  let kept = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    if (allows(row)) rows[kept++] = row
  }
  return kept
}
