/** *Only*: these nodes and no others. An id whose node is gone names nothing. */
import type { Parts } from '../cluster/parts.js'
import { rowsOf } from '../cluster/read.js'
import type { Only } from '../rule/filter.js'

export const allowsOnly = (rule: Only, parts: Parts): ((row: number) => boolean) => {
  const rows = new Set(rowsOf(parts, rule.nodes))
  return (row) => rows.has(row)
}
