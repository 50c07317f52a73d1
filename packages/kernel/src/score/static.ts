/**
 * *Static*: a number that follows from the node's description alone.
 */
import type { Amounts } from '../cluster/column.js'
import type { Parts } from '../cluster/parts.js'
import type { Candidates } from '../judge/candidates.js'
import { holds, holdsOfMark } from '../judge/expr.js'
import type { Raw } from '../rule/score.js'

type Static = Extract<Raw, { readonly _tag: 'Static' }>

export const scoreStatic = (
  raw: Static,
  parts: Parts,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  for (let i = 0; i < count; i++) out[i] = staticScore(raw, parts, rows[i]!)
}

const staticScore = (raw: Static, parts: Parts, row: number): number => {
  let sum = 0
  for (const [expr, number] of raw.cases) if (holds(expr, parts, row)) sum += number
  if (raw.marks.length === 0) return sum
  for (const mark of parts.roster.marks[row]!)
    for (const [expr, number] of raw.marks) if (holdsOfMark(expr, parts, row, mark)) sum += number
  return sum
}
