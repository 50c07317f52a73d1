/** Converts filters and scores from the kernel's form to plain data, with texts in place of ids. */
import {
  columnName,
  dimensionName,
  type DimensionId,
  type Filter,
  type RawScore,
  type View,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { FilterRecipe, RawScoreRecipe } from '../recipe/recipe.js'
import { raiseDomain, raiseExpr, raiseMatch, nodeNames, raiseTally } from './expr.js'

/** The name of a dimension. */
export const raiseDimension = (view: View, dimension: DimensionId): string =>
  pipe(
    dimensionName(view, dimension),
    O.getOrElse(() => `no dimension ${dimension}`),
  )

/** The recipe of a filter. */
export const raiseFilter = (view: View, filter: Filter): FilterRecipe => {
  switch (filter._tag) {
    case 'Only':
      return { ...filter, nodes: nodeNames(view, filter.nodes) }
    case 'Require':
      return { ...filter, expr: raiseExpr(view, filter.expr) }
    case 'Fit': {
      const parts = filter.parts.map((part) => ({
        ...part,
        dimension: raiseDimension(view, part.dimension),
      }))
      return { ...filter, parts }
    }
    case 'Limit':
    case 'Skew':
      return { ...filter, tally: raiseTally(view, filter.tally) }
    case 'Need': {
      const domains = filter.domains.map((domain) => raiseDomain(view, domain))
      return { ...filter, facts: raiseMatch(view, filter.facts), domains }
    }
  }
}

/** The recipe of a raw score. */
export const raiseRawScore = (view: View, raw: RawScore): RawScoreRecipe => {
  switch (raw._tag) {
    case 'Static': {
      const raised = (cases: typeof raw.cases) =>
        cases.map(([expr, number]) => [raiseExpr(view, expr), number] as const)
      return { _tag: 'Static', cases: raised(raw.cases), marks: raised(raw.marks) }
    }
    case 'Column': {
      const name = O.getOrElse(() => `no column ${raw.column}`)(columnName(view, raw.column))
      return { _tag: 'Column', column: name }
    }
    case 'Load': {
      const parts = raw.parts.map((part) => ({
        ...part,
        dimension: raiseDimension(view, part.dimension),
      }))
      return { ...raw, parts }
    }
    case 'Counts':
    case 'Spread':
      return {
        _tag: raw._tag,
        terms: raw.terms.map(([tally, number]) => [raiseTally(view, tally), number]),
      }
  }
}
