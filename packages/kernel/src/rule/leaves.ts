/**
 * Lists the leaves of an expression (a condition on a node, as a tree): the conditions that contain
 * no other condition. `All`, `Any`, `Not` and `Marks` contain others.
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
