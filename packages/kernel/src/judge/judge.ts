/**
 * Evaluates a filter on nodes, in two ways: (1) drops the nodes that it refuses, for placing; (2)
 * lists why it refuses one node, for explanations. Both use the same predicates, so they cannot
 * disagree.
 */
import type { State } from '../cluster/state.js'
import type { Refusal } from '../rule/answer.js'
import type { Filter } from '../rule/filter.js'
import { keepWhere, type Candidates } from './candidates.js'
import { nodePredicate } from './expr.js'
import { exceeds, narrowToFit, shortfalls } from './fit.js'
import { allowsLimit } from './limit.js'
import { allowsNeed } from './need.js'
import { allowsOnly } from './only.js'
import { allowsSkew } from './skew.js'

/** Drops the candidates that a filter refuses. */
export const narrow = (filter: Filter, state: State, candidates: Candidates): void => {
  if (filter._tag === 'Fit') narrowToFit(filter, state, candidates)
  else keepWhere(candidates, filterPredicate(filter, state))
}

/** Judges node rows by a filter: its refusal, or `undefined` when it allows the node. */
export const judgeBy = (filter: Filter, state: State): ((row: number) => Refusal | undefined) => {
  const { plugin, removable } = filter
  if (filter._tag === 'Fit')
    return (row) => {
      const shortParts = shortfalls(filter, state, row)
      if (shortParts.length === 0) return undefined
      return {
        plugin,
        reasons: shortParts.map((part) => part.reason),
        removable: removable && !shortParts.some((part) => exceeds(part, state, row)),
      }
    }
  const allows = filterPredicate(filter, state)
  const refusal: Refusal = { plugin, reasons: [filter.reason], removable }
  return (row) => (allows(row) ? undefined : refusal)
}

const filterPredicate = (
  filter: Exclude<Filter, { readonly _tag: 'Fit' }>,
  state: State,
): ((row: number) => boolean) => {
  switch (filter._tag) {
    case 'Only':
      return allowsOnly(filter, state)
    case 'Require':
      return nodePredicate(filter.expr, state)
    case 'Limit':
      return allowsLimit(filter, state)
    case 'Skew':
      return allowsSkew(filter, state)
    case 'Need':
      return allowsNeed(filter, state)
  }
}
