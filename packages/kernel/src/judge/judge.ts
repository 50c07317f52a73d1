/**
 * One rule, one node, one verdict. Narrowing and explaining ask the same judgements, so both say
 * the same.
 */
import type { State } from '../cluster/parts.js'
import type { Refusal } from '../rule/answer.js'
import type { Filter } from '../rule/filter.js'
import { keepWhere, type Candidates } from './candidates.js'
import { asking } from './expr.js'
import { exceeds, narrowToFit, shortfalls } from './fit.js'
import { allowsLimit } from './limit.js'
import { allowsNeed } from './need.js'
import { allowsOnly } from './only.js'
import { allowsSkew } from './skew.js'

/** Drops the candidates that a filter refuses. */
export const narrow = (filter: Filter, parts: State, candidates: Candidates): void => {
  if (filter._tag === 'Fit') narrowToFit(filter, parts, candidates)
  else keepWhere(candidates, allowing(filter, parts))
}

/** A filter's refusal of a node row, or nothing. */
export const refusing = (filter: Filter, parts: State): ((row: number) => Refusal | undefined) => {
  const { plugin, removable } = filter
  if (filter._tag === 'Fit')
    return (row) => {
      const short = shortfalls(filter, parts, row)
      if (short.length === 0) return undefined
      return {
        plugin,
        reasons: short.map((part) => part.reason),
        removable: removable && !short.some((part) => exceeds(part, parts, row)),
      }
    }
  const allows = allowing(filter, parts)
  const refusal: Refusal = { plugin, reasons: [filter.reason], removable }
  return (row) => (allows(row) ? undefined : refusal)
}

const allowing = (
  filter: Exclude<Filter, { readonly _tag: 'Fit' }>,
  parts: State,
): ((row: number) => boolean) => {
  switch (filter._tag) {
    case 'Only':
      return allowsOnly(filter, parts)
    case 'Require':
      return asking(filter.expr, parts)
    case 'Limit':
      return allowsLimit(filter, parts)
    case 'Skew':
      return allowsSkew(filter, parts)
    case 'Need':
      return allowsNeed(filter, parts)
  }
}
