/**
 * Determines whether an instance that fails a placement constraint about task counts, such as
 * `runningTasksCount < 2`, might satisfy the constraint later: (1) after tasks leave the instance;
 * (2) after more tasks start on it.
 */
import type { Expr } from '@stowage/kernel'

/** True when the expression may hold once tasks are gone from the instance. */
export const canHoldWithFewer = (expr: Expr): boolean => canHold(expr, ['<', '<='])

/** True when the expression may hold once more tasks are on the instance. */
export const canHoldWithMore = (expr: Expr): boolean => canHold(expr, ['>', '>='])

type Ops = readonly Extract<Expr, { readonly _tag: 'Count' }>['op'][]

const opposite = (ops: Ops): Ops => (ops.includes('<') ? ['>', '>='] : ['<', '<='])

/** `ops` are the operators that a change towards them may turn true. */
const canHold = (expr: Expr, ops: Ops): boolean => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return expr.of.some((part) => canHold(part, ops))
    case 'Not':
      return canHold(expr.of, opposite(ops))
    case 'Count':
      return ops.includes(expr.op)
    default:
      return false
  }
}
