/**
 * From the rules of a cluster back to recipes of rules. What a dead id named is left out, as the rules say that it names nothing.
 */
import {
  dimensionName,
  nodeSpec,
  wordText,
  type Dimension,
  type Expr,
  type Filter,
  type Match,
  type NodeId,
  type Raw,
  type Tally,
  type View,
  type Word,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { ExprRecipe, FilterRecipe, MatchRecipe, RawRecipe, TallyRecipe } from './recipe.js'

/** The text of a word. */
export const textOf = (view: View, word: Word): string =>
  pipe(
    wordText(view, word),
    O.getOrElse(() => `no word ${word}`),
  )

/** The name of a dimension. */
export const dimensionOf = (view: View, dimension: Dimension): string =>
  pipe(
    dimensionName(view, dimension),
    O.getOrElse(() => `no dimension ${dimension}`),
  )

/** The names of those nodes that are still there. */
export const namesOf = (view: View, nodes: readonly NodeId[]): readonly string[] =>
  pipe(
    nodes,
    RA.filterMap((node) => nodeSpec(view, node)),
    RA.map(({ name }) => name),
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
    case 'Limit': {
      const tally = { ...tallyOf(view, filter.tally), domain: filter.tally.domain }
      return { ...filter, tally }
    }
  }
}

const exprOf = (view: View, expr: Expr): ExprRecipe => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return { _tag: expr._tag, of: expr.of.map((part) => exprOf(view, part)) }
    case 'Not':
      return { _tag: 'Not', of: exprOf(view, expr.of) }
    case 'Has':
    case 'Compare':
      return { ...expr, key: textOf(view, expr.key) }
    case 'In': {
      const values = expr.values.map((value) => textOf(view, value))
      return { _tag: 'In', key: textOf(view, expr.key), values }
    }
    case 'Marks':
      return { _tag: 'Marks', tolerated: exprOf(view, expr.tolerated) }
    case 'Named':
      return { _tag: 'Named', nodes: namesOf(view, expr.nodes) }
  }
}

const matchOf = (view: View, match: Match): MatchRecipe => {
  switch (match._tag) {
    case 'Fact':
      return { _tag: 'Fact', word: textOf(view, match.word) }
    case 'Phase':
      return match
    case 'Every':
    case 'Some':
      return { _tag: match._tag, of: match.of.map((part) => matchOf(view, part)) }
    case 'None':
      return { _tag: 'None', of: matchOf(view, match.of) }
  }
}

const tallyOf = (view: View, { facts, domain, absent }: Tally): TallyRecipe => ({
  facts: matchOf(view, facts),
  domain: domain === 'node' ? domain : { key: textOf(view, domain) },
  absent,
})

/** The recipe of a raw score. */
export const rawOf = (view: View, raw: Raw): RawRecipe => {
  switch (raw._tag) {
    case 'Static': {
      const told = (cases: typeof raw.cases) =>
        cases.map(([expr, number]) => [exprOf(view, expr), number] as const)
      return { _tag: 'Static', cases: told(raw.cases), marks: told(raw.marks) }
    }
    case 'Load': {
      const parts = raw.parts.map((part) => ({
        ...part,
        dimension: dimensionOf(view, part.dimension),
      }))
      return { _tag: 'Load', curve: raw.curve, parts }
    }
    case 'Counts':
      return {
        _tag: 'Counts',
        terms: raw.terms.map(([tally, weight]) => [tallyOf(view, tally), weight]),
      }
  }
}
