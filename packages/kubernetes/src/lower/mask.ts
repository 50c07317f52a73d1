/**
 * Finds the filters of a class (a workload as the scheduler sees it) that read a mask, which is a
 * set of nodes that is computed when the pod is translated to the class, such as the nodes that
 * reach its volumes. A node that joins later is in no mask, so such filters would refuse it.
 */
import type { ClassSpec, Expr, Filter } from '@stowage/kernel'

/** Whether any filter of the class reads a mask. */
export const readsMask = ({ filters }: ClassSpec): boolean => filters.some(isMaskFilter)

/** Whether the filter is a condition on a mask, or has one inside. */
export const isMaskFilter = (
  filter: Filter,
): filter is Extract<Filter, { readonly _tag: 'Require' }> =>
  filter._tag === 'Require' && holdsMask(filter.expr)

const holdsMask = (expr: Expr): boolean => {
  switch (expr._tag) {
    case 'InMask':
      return true
    case 'Not':
      return holdsMask(expr.of)
    case 'All':
    case 'Any':
      return expr.of.some(holdsMask)
    default:
      return false
  }
}
