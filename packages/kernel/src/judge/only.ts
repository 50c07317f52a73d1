/** *Only*: these nodes and no others. An id whose node is gone names nothing. */
import type { State } from '../cluster/state.js'
import { nodeRows } from '../cluster/read.js'
import type { OnlyFilter } from '../rule/filter.js'

export const allowsOnly = (rule: OnlyFilter, state: State): ((row: number) => boolean) => {
  const rows = new Set(nodeRows(state, rule.nodes))
  return (row) => rows.has(row)
}
