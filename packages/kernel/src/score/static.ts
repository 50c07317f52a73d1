/**
 * Computes the *static* score of a node, from conditions that each have a number. The score is the
 * sum of the numbers of all conditions that hold for the node, and, for each of its marks (taints),
 * of all conditions that hold for the mark. It depends on the node's description alone.
 */
import type { Amounts } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import type { Candidates } from '../judge/candidates.js'
import { nodePredicate, markPredicate } from '../judge/expr.js'
import type { StaticScore } from '../rule/raw.js'

/** Writes the score of every candidate to `out`. */
export const scoreStatic = (
  raw: StaticScore,
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const cases = raw.cases.map(([expr, number]) => [nodePredicate(expr, state), number] as const)
  const marks = raw.marks.map(([expr, number]) => [markPredicate(expr, state), number] as const)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    let sum = 0
    for (const [holds, number] of cases) if (holds(row)) sum += number
    if (marks.length > 0)
      for (const mark of state.roster.marks[row]!)
        for (const [holds, number] of marks) if (holds(mark)) sum += number
    out[i] = sum
  }
}
