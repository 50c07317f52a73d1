/** *Only*: these nodes and no others. An id whose node is gone names nothing. */
import type { State } from '../cluster/parts.js'
import { rowsOf } from '../cluster/read.js'
import type { OnlyFilter } from '../rule/filter.js'

export const allowsOnly = (rule: OnlyFilter, parts: State): ((row: number) => boolean) => {
  const rows = new Set(rowsOf(parts, rule.nodes))
  return (row) => rows.has(row)
}
