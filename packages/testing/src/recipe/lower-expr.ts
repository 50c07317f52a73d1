/**
 * From recipes of expressions and tallies to those of a draft: texts are interned, names of nodes
 * become the ids of the nodes that are there, and names of nodes that are not there are left out.
 */
import {
  findNode,
  internMask,
  internWord,
  type Domain,
  type Draft,
  type Expr,
  type Match,
  type NodeId,
  type Tally,
  type View,
} from '@stowage/kernel'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { DomainRecipe, ExprRecipe, MatchRecipe, TallyRecipe } from './recipe.js'

/** The ids of those nodes that are there. */
export const lowerNames = (view: View, names: readonly string[]): readonly NodeId[] =>
  RA.filterMap((name: string) => findNode(view, name))(names)

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
    case 'Pattern':
      return { ...expr, key: internWord(draft, expr.key) }
    case 'In': {
      const values = expr.values.map((value) => internWord(draft, value))
      return { _tag: 'In', key: internWord(draft, expr.key), values }
    }
    case 'Marks':
      return { _tag: 'Marks', tolerated: lowerExpr(draft, expr.tolerated) }
    case 'Named':
      return { _tag: 'Named', nodes: lowerNames(draft, expr.nodes) }
    case 'InMask':
      return { _tag: 'InMask', mask: internMask(draft, expr.mask) }
    case 'Count':
      return { ...expr, tally: { ...lowerTally(draft, expr.tally), domain: 'node' } }
  }
}

/** A match, its facts interned. */
export const lowerMatch = (draft: Draft, match: MatchRecipe): Match => {
  switch (match._tag) {
    case 'Fact':
      return { _tag: 'Fact', word: internWord(draft, match.word) }
    case 'Phase':
      return match
    case 'Every':
    case 'Some':
      return { _tag: match._tag, of: match.of.map((part) => lowerMatch(draft, part)) }
    case 'None':
      return { _tag: 'None', of: lowerMatch(draft, match.of) }
  }
}

/** A domain, the key of an attribute interned. */
export const lowerDomain = (draft: Draft, domain: DomainRecipe): Domain =>
  typeof domain === 'string' ? domain : internWord(draft, domain.key)

/** A tally over any domain. */
export const lowerTally = (draft: Draft, tally: TallyRecipe): Tally => {
  const { facts, domain, key, absent, eligible, removal } = tally
  return {
    facts: lowerMatch(draft, facts),
    domain: lowerDomain(draft, domain),
    ...(key === undefined ? {} : { key: internWord(draft, key) }),
    absent,
    ...(eligible === undefined ? {} : { eligible: lowerExpr(draft, eligible) }),
    ...(removal === undefined ? {} : { removal: lowerMatch(draft, removal) }),
  }
}
