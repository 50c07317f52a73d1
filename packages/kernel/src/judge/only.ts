/**
 * Evaluates the *only* filter: it allows the listed nodes and no others. The id of a node that has
 * left is ignored.
 */
import type { State } from '../cluster/state.js'
import { nodeRows } from '../cluster/read.js'
import type { OnlyFilter } from '../rule/filter.js'

/** True of the node rows that the filter allows. */
export const allowsOnly = (rule: OnlyFilter, state: State): ((row: number) => boolean) => {
  const rows = new Set(nodeRows(state, rule.nodes))
  return (row) => rows.has(row)
}
