/**
 * From recipes of rules to the rules of a draft: texts are interned, names of nodes become the ids of the nodes that are there,
 * and names of nodes that are not there are left out.
 */
import {
  dimension,
  findNode,
  plugin,
  reason,
  word,
  type Draft,
  type Expr,
  type Filter,
  type Match,
  type NodeId,
  type Raw,
  type Tally,
  type Vector,
} from '@stowage/kernel'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type {
  ExprRecipe,
  FilterRecipe,
  MatchRecipe,
  RawRecipe,
  TallyRecipe,
  VectorRecipe,
} from './recipe.js'

/** The ids of those nodes that are there. */
export const lowerNames = (draft: Draft, names: readonly string[]): readonly NodeId[] =>
  RA.filterMap((name: string) => findNode(draft, name))(names)

/** Amounts, their dimensions interned. */
export const lowerVector = (draft: Draft, vector: VectorRecipe): Vector =>
  vector.map(([name, amount]) => [dimension(draft, name), amount])

/** An expression, its words interned. */
export const lowerExpr = (draft: Draft, expr: ExprRecipe): Expr => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return { _tag: expr._tag, of: expr.of.map((part) => lowerExpr(draft, part)) }
    case 'Not':
      return { _tag: 'Not', of: lowerExpr(draft, expr.of) }
    case 'Has':
    case 'Compare':
      return { ...expr, key: word(draft, expr.key) }
    case 'In': {
      const values = expr.values.map((value) => word(draft, value))
      return { _tag: 'In', key: word(draft, expr.key), values }
    }
    case 'Marks':
      return { _tag: 'Marks', tolerated: lowerExpr(draft, expr.tolerated) }
    case 'Named':
      return { _tag: 'Named', nodes: lowerNames(draft, expr.nodes) }
  }
}

const lowerMatch = (draft: Draft, match: MatchRecipe): Match => {
  switch (match._tag) {
    case 'Fact':
      return { _tag: 'Fact', word: word(draft, match.word) }
    case 'Phase':
      return match
    case 'Every':
    case 'Some':
      return { _tag: match._tag, of: match.of.map((part) => lowerMatch(draft, part)) }
    case 'None':
      return { _tag: 'None', of: lowerMatch(draft, match.of) }
  }
}

const lowerTally = (draft: Draft, { facts, domain, absent }: TallyRecipe): Tally => ({
  facts: lowerMatch(draft, facts),
  domain: domain === 'node' ? domain : word(draft, domain.key),
  absent,
})

/** A filter of any kind. */
export const lowerFilter = (draft: Draft, filter: FilterRecipe): Filter => {
  const said = { plugin: plugin(filter.plugin), removable: filter.removable }
  switch (filter._tag) {
    case 'Only': {
      const nodes = lowerNames(draft, filter.nodes)
      return { _tag: 'Only', ...said, reason: reason(filter.reason), nodes }
    }
    case 'Require': {
      const expr = lowerExpr(draft, filter.expr)
      return { _tag: 'Require', ...said, reason: reason(filter.reason), expr }
    }
    case 'Fit': {
      const parts = filter.parts.map((part) => ({
        ...part,
        dimension: dimension(draft, part.dimension),
        reason: reason(part.reason),
      }))
      return { _tag: 'Fit', ...said, parts }
    }
    case 'Limit': {
      const tally = { ...lowerTally(draft, filter.tally), domain: filter.tally.domain }
      const { self, most } = filter
      return { _tag: 'Limit', ...said, reason: reason(filter.reason), tally, self, most }
    }
  }
}

/** A raw score of any kind. */
export const lowerRaw = (draft: Draft, raw: RawRecipe): Raw => {
  switch (raw._tag) {
    case 'Static': {
      const lowered = (cases: typeof raw.cases) =>
        cases.map(([expr, number]) => [lowerExpr(draft, expr), number] as const)
      return { _tag: 'Static', cases: lowered(raw.cases), marks: lowered(raw.marks) }
    }
    case 'Load': {
      const parts = raw.parts.map((part) => ({
        ...part,
        dimension: dimension(draft, part.dimension),
      }))
      return { _tag: 'Load', curve: raw.curve, parts }
    }
    case 'Counts':
      return {
        _tag: 'Counts',
        terms: raw.terms.map(([tally, weight]) => [lowerTally(draft, tally), weight]),
      }
  }
}
