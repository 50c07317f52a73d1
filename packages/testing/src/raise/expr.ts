/**
 * Converts expressions (conditions on a node) and tallies (counts of replicas per domain) from the
 * kernel's form to plain data, with texts in place of ids. Ids of nodes that left are dropped.
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
import type { DomainRecipe, ExprRecipe, MatchRecipe, TallyRecipe } from '../recipe/recipe.js'

/** The text of a word. */
export const raiseWord = (view: View, word: WordId): string =>
  pipe(
    wordText(view, word),
    O.getOrElse(() => `no word ${word}`),
  )

/** The names of the nodes that still exist. */
export const nodeNames = (view: View, nodes: readonly NodeId[]): readonly string[] =>
  pipe(
    nodes,
    RA.filterMap((node) => nodeSpec(view, node)),
    RA.map(({ name }) => name),
  )

/** The recipe of an expression. */
export const raiseExpr = (view: View, expr: Expr): ExprRecipe => {
  switch (expr._tag) {
    case 'All':
    case 'Any':
      return { _tag: expr._tag, of: expr.of.map((part) => raiseExpr(view, part)) }
    case 'Not':
      return { _tag: 'Not', of: raiseExpr(view, expr.of) }
    case 'Has':
    case 'Compare':
    case 'Pattern':
      return { ...expr, key: raiseWord(view, expr.key) }
    case 'In': {
      const values = expr.values.map((value) => raiseWord(view, value))
      return { _tag: 'In', key: raiseWord(view, expr.key), values }
    }
    case 'Marks':
      return { _tag: 'Marks', tolerated: raiseExpr(view, expr.tolerated) }
    case 'Named':
      return { _tag: 'Named', nodes: nodeNames(view, expr.nodes) }
    case 'InMask': {
      const name = O.getOrElse(() => `no mask ${expr.mask}`)(maskName(view, expr.mask))
      return { _tag: 'InMask', mask: name }
    }
    case 'Count':
      return { ...expr, tally: { ...raiseTally(view, expr.tally), domain: 'node' } }
  }
}

/** The recipe of a match. */
export const raiseMatch = (view: View, match: Match): MatchRecipe => {
  switch (match._tag) {
    case 'Fact':
      return { _tag: 'Fact', word: raiseWord(view, match.word) }
    case 'Phase':
      return match
    case 'Every':
    case 'Some':
      return { _tag: match._tag, of: match.of.map((part) => raiseMatch(view, part)) }
    case 'None':
      return { _tag: 'None', of: raiseMatch(view, match.of) }
  }
}

/** The recipe of a domain. */
export const raiseDomain = (view: View, domain: Domain): DomainRecipe =>
  domain === 'node' || domain === 'cluster' ? domain : { key: raiseWord(view, domain) }

/** The recipe of a tally. */
export const raiseTally = (view: View, tally: Tally): TallyRecipe => {
  const { facts, domain, key, absent, eligible, removal } = tally
  return {
    facts: raiseMatch(view, facts),
    domain: raiseDomain(view, domain),
    ...(key === undefined ? {} : { key: raiseWord(view, key) }),
    absent,
    ...(eligible === undefined ? {} : { eligible: raiseExpr(view, eligible) }),
    ...(removal === undefined ? {} : { removal: raiseMatch(view, removal) }),
  }
}
