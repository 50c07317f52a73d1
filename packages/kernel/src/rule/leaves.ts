/**
 * Lists the elementary conditions of an expression (a condition on a node), without the operators
 * `All`, `Any`, `Not` and `Marks` that join them.
 */
import type { Expr } from './expr.js'

/** All leaves, in order: what `All`, `Any`, `Not` and `Marks` contain in the end. */
export const leavesOf = (expr: Expr): readonly Expr[] => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return expr.of.flatMap(leavesOf)
    case 'Not':
      return leavesOf(expr.of)
    case 'Marks':
      return leavesOf(expr.tolerated)
    default:
      return [expr]
  }
}
