/**
 * The opposite of an expression; the opposite of that is the expression again, so that negations
 * pile up nowhere.
 */
import type { Expr } from '@stowage/kernel'

export const negated = (expr: Expr): Expr =>
  expr._tag === 'Not' ? expr.of : { _tag: 'Not', of: expr }
