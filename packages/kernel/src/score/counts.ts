/**
 * Computes the *counts* score: the weighted sum of the replica counts in the node's domains, such
 * as its zone. Each count is made by a tally (a rule that counts replicas per domain), over
 * feasible and infeasible nodes alike.
 */
import type { Amounts } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import type { Candidates } from '../judge/candidates.js'
import { domainCounts } from '../judge/expr.js'
import type { CountsScore } from '../rule/raw.js'
import { ignoredScore } from './ignored.js'

/** Writes the score of every candidate to `out`. */
export const scoreCounts = (
  raw: CountsScore,
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  out.fill(0, 0, count)
  for (const [tally, weight] of raw.terms) {
    const { countAt } = domainCounts(state, tally)
    const outside = tally.absent === 'refuse' ? ignoredScore : 0
    for (let i = 0; i < count; i++) {
      const domainCount = countAt(rows[i]!)
      out[i]! += domainCount === undefined ? outside : weight * domainCount
    }
  }
}
