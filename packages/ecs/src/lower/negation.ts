/**
 * Negates an expression of the kernel. A double negation cancels out, so that negations never nest.
 */
import type { Expr } from '@stowage/kernel'

/** The negation of an expression. */
export const negate = (expr: Expr): Expr =>
  expr._tag === 'Not' ? expr.of : { _tag: 'Not', of: expr }
