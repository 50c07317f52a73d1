/**
 * Which nodes an expression holds of: for what runs once per node, and for listing.
 */
import { partsOf, type View } from '../cluster/cluster.js'
import { nodeIdOf } from '../cluster/read.js'
import { rankedRows } from '../cluster/roster.js'
import { asking } from '../judge/expr.js'
import type { Expr } from '../rule/expr.js'
import type { NodeId } from '../rule/id.js'

/** The nodes, in the order of rank. */
export const nodesWhere = (view: View, expr: Expr): readonly NodeId[] => {
  const parts = partsOf(view)
  return Array.from(rankedRows(parts.roster))
    .filter(asking(expr, parts))
    .map((row) => nodeIdOf(parts, row))
}
