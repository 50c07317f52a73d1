/**
 * From the expressions and tallies of a cluster back to recipes. What a dead id named is left out,
 * as the rules say that it names nothing.
 */
import {
  maskName,
  nodeSpec,
  wordText,
  type Domain,
  type Expr,
  type Match,
  type NodeId,
  type Tally,
  type View,
  type WordId,
} from '@stowage/kernel'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { DomainRecipe, ExprRecipe, MatchRecipe, TallyRecipe } from './recipe.js'

/** The text of a word. */
export const textOf = (view: View, word: WordId): string =>
  pipe(
    wordText(view, word),
    O.getOrElse(() => `no word ${word}`),
  )

/** The names of those nodes that are still there. */
export const namesOf = (view: View, nodes: readonly NodeId[]): readonly string[] =>
  pipe(
    nodes,
    RA.filterMap((node) => nodeSpec(view, node)),
    RA.map(({ name }) => name),
  )

/** The recipe of an expression. */
export const exprOf = (view: View, expr: Expr): ExprRecipe => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return { _tag: expr._tag, of: expr.of.map((part) => exprOf(view, part)) }
    case 'Not':
      return { _tag: 'Not', of: exprOf(view, expr.of) }
    case 'Has':
    case 'Compare':
    case 'Pattern':
      return { ...expr, key: textOf(view, expr.key) }
    case 'In': {
      const values = expr.values.map((value) => textOf(view, value))
      return { _tag: 'In', key: textOf(view, expr.key), values }
    }
    case 'Marks':
      return { _tag: 'Marks', tolerated: exprOf(view, expr.tolerated) }
    case 'Named':
      return { _tag: 'Named', nodes: namesOf(view, expr.nodes) }
    case 'InMask': {
      const name = O.getOrElse(() => `no mask ${expr.mask}`)(maskName(view, expr.mask))
      return { _tag: 'InMask', mask: name }
    }
    case 'Count':
      return { ...expr, tally: { ...tallyOf(view, expr.tally), domain: 'node' } }
  }
}

/** The recipe of a match. */
export const matchOf = (view: View, match: Match): MatchRecipe => {
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

/** The recipe of a domain. */
export const domainOf = (view: View, domain: Domain): DomainRecipe =>
  domain === 'node' || domain === 'cluster' ? domain : { key: textOf(view, domain) }

/** The recipe of a tally. */
export const tallyOf = (view: View, tally: Tally): TallyRecipe => {
  const { facts, domain, key, absent, eligible, removal } = tally
  return {
    facts: matchOf(view, facts),
    domain: domainOf(view, domain),
    ...(key === undefined ? {} : { key: textOf(view, key) }),
    absent,
    ...(eligible === undefined ? {} : { eligible: exprOf(view, eligible) }),
    ...(removal === undefined ? {} : { removal: matchOf(view, removal) }),
  }
}
