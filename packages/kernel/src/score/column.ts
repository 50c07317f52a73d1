/**
 * Computes the *column* score of a node: the number that the column holds for the node, or 0. An
 * adapter (the Kubernetes or ECS package) stored the number there.
 */
import type { Amounts } from '../cluster/column.js'
import type { State } from '../cluster/state.js'
import { nodeIdOf } from '../cluster/read.js'
import type { Candidates } from '../judge/candidates.js'
import type { ColumnScore } from '../rule/raw.js'

/** Writes the score of every candidate to `out`. */
export const scoreColumn = (
  raw: ColumnScore,
  state: State,
  { rows, count }: Candidates,
  out: Amounts,
): void => {
  const numbers = state.inputs.numbers.get(raw.column)!
  for (let i = 0; i < count; i++) out[i] = numbers.get(nodeIdOf(state, rows[i]!)) ?? 0
}
