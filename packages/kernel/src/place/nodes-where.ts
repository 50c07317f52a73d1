/**
 * Lists the nodes that satisfy an expression (a condition on a node), such as the nodes that a
 * DaemonSet covers.
 */
import * as E from 'fp-ts/lib/Either.js'
import { checkExpr } from '../check/check.js'
import { stateOf, type View } from '../cluster/cluster.js'
import { symbolsOf } from '../cluster/state.js'
import { nodeIdOf } from '../cluster/read.js'
import { rankedRows } from '../cluster/roster.js'
import { nodePredicate } from '../judge/expr.js'
import type { Expr } from '../rule/expr.js'
import type { BadExpr } from '../rule/fault.js'
import type { NodeId } from '../rule/id.js'

/**
 * The nodes in the order of rank. A `Left` has the path of the first wrong place in the expression.
 */
export const nodesWhere = (view: View, expr: Expr): E.Either<BadExpr, readonly NodeId[]> => {
  const state = stateOf(view)
  const malformed = checkExpr(expr, symbolsOf(state))
  if (malformed !== undefined) return E.left({ _tag: 'BadExpr', ...malformed })
  return E.right(
    Array.from(rankedRows(state.roster))
      .filter(nodePredicate(expr, state))
      .map((row) => nodeIdOf(state, row)),
  )
}
