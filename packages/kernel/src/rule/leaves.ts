/** What an expression asks in the end, without what joins it. */
import type { Expr } from './expr.js'

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
