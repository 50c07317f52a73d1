/**
 * From the filters and scores of a cluster back to recipes.
 */
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
import type { FilterRecipe, RawRecipe } from './recipe.js'
import { domainOf, exprOf, matchOf, namesOf, tallyOf } from './told-expr.js'

/** The name of a dimension. */
export const dimensionOf = (view: View, dimension: DimensionId): string =>
  pipe(
    dimensionName(view, dimension),
    O.getOrElse(() => `no dimension ${dimension}`),
  )

/** The recipe of a filter. */
export const filterOf = (view: View, filter: Filter): FilterRecipe => {
  switch (filter._tag) {
    case 'Only':
      return { ...filter, nodes: namesOf(view, filter.nodes) }
    case 'Require':
      return { ...filter, expr: exprOf(view, filter.expr) }
    case 'Fit': {
      const parts = filter.parts.map((part) => ({
        ...part,
        dimension: dimensionOf(view, part.dimension),
      }))
      return { ...filter, parts }
    }
    case 'Limit':
    case 'Skew':
      return { ...filter, tally: tallyOf(view, filter.tally) }
    case 'Need': {
      const domains = filter.domains.map((domain) => domainOf(view, domain))
      return { ...filter, facts: matchOf(view, filter.facts), domains }
    }
  }
}

/** The recipe of a raw score. */
export const rawOf = (view: View, raw: RawScore): RawRecipe => {
  switch (raw._tag) {
    case 'Static': {
      const told = (cases: typeof raw.cases) =>
        cases.map(([expr, number]) => [exprOf(view, expr), number] as const)
      return { _tag: 'Static', cases: told(raw.cases), marks: told(raw.marks) }
    }
    case 'Column': {
      const name = O.getOrElse(() => `no column ${raw.column}`)(columnName(view, raw.column))
      return { _tag: 'Column', column: name }
    }
    case 'Load': {
      const parts = raw.parts.map((part) => ({
        ...part,
        dimension: dimensionOf(view, part.dimension),
      }))
      return { ...raw, parts }
    }
    case 'Counts':
    case 'Spread':
      return {
        _tag: raw._tag,
        terms: raw.terms.map(([tally, number]) => [tallyOf(view, tally), number]),
      }
  }
}
