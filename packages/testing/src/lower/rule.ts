/**
 * Converts filters and scores from plain data to the kernel's form. Each text gets an id in the
 * cluster under construction.
 */
import {
  internDimension,
  pluginId,
  reasonId,
  type Draft,
  type Filter,
  type RawScore,
  type Vector,
} from '@stowage/kernel'
import { lowerDomain, lowerExpr, lowerMatch, findNodes, lowerTally } from './expr.js'
import { internProbedColumn } from './column-probe.js'
import type { FilterRecipe, RawScoreRecipe, VectorRecipe } from '../recipe/recipe.js'

/** Lowers a vector. */
export const lowerVector = (draft: Draft, vector: VectorRecipe): Vector =>
  vector.map(([name, amount]) => [internDimension(draft, name), amount])

/** Lowers a filter of any kind. */
export const lowerFilter = (draft: Draft, filter: FilterRecipe): Filter => {
  const shared = { plugin: pluginId(filter.plugin), removable: filter.removable }
  if (filter._tag === 'Fit') {
    const parts = filter.parts.map((part) => ({
      ...part,
      dimension: internDimension(draft, part.dimension),
      reason: reasonId(part.reason),
    }))
    return { _tag: 'Fit', ...shared, parts }
  }
  const refusing = { ...shared, reason: reasonId(filter.reason) }
  switch (filter._tag) {
    case 'Only':
      return { _tag: 'Only', ...refusing, nodes: findNodes(draft, filter.nodes) }
    case 'Require':
      return { _tag: 'Require', ...refusing, expr: lowerExpr(draft, filter.expr) }
    case 'Limit':
    case 'Skew':
      return { ...filter, ...refusing, tally: lowerTally(draft, filter.tally) }
    case 'Need':
      return {
        ...filter,
        ...refusing,
        facts: lowerMatch(draft, filter.facts),
        domains: filter.domains.map((domain) => lowerDomain(draft, domain)),
      }
  }
}

/** Lowers a raw score of any kind. */
export const lowerRawScore = (draft: Draft, raw: RawScoreRecipe): RawScore => {
  switch (raw._tag) {
    case 'Static': {
      const lowered = (cases: typeof raw.cases) =>
        cases.map(([expr, number]) => [lowerExpr(draft, expr), number] as const)
      return { _tag: 'Static', cases: lowered(raw.cases), marks: lowered(raw.marks) }
    }
    case 'Column':
      return { _tag: 'Column', column: internProbedColumn(draft, raw.column) }
    case 'Load': {
      const parts = raw.parts.map((part) => ({
        ...part,
        dimension: internDimension(draft, part.dimension),
      }))
      return { ...raw, parts }
    }
    case 'Counts':
    case 'Spread':
      return {
        _tag: raw._tag,
        terms: raw.terms.map(([tally, number]) => [lowerTally(draft, tally), number]),
      }
  }
}
