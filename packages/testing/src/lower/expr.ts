/**
 * Converts expressions (conditions on a node) and tallies (counts of replicas per domain) from
 * plain data to the kernel's form. Each text gets an id in the cluster under construction. Names of
 * unknown nodes are left out.
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
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { DomainRecipe, ExprRecipe, MatchRecipe, TallyRecipe } from '../recipe/recipe.js'

/** The ids of the nodes with these names; unknown names are left out. */
export const findNodes = (view: View, names: readonly string[]): readonly NodeId[] =>
  pipe(
    names,
    RA.filterMap((name) => findNode(view, name)),
  )

/** Lowers an expression. */
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
      return { _tag: 'Named', nodes: findNodes(draft, expr.nodes) }
    case 'InMask':
      return { _tag: 'InMask', mask: internMask(draft, expr.mask) }
    case 'Count':
      return { ...expr, tally: { ...lowerTally(draft, expr.tally), domain: 'node' } }
  }
}

/** Lowers a match. */
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

/** Lowers a domain. */
export const lowerDomain = (draft: Draft, domain: DomainRecipe): Domain =>
  typeof domain === 'string' ? domain : internWord(draft, domain.key)

/** Lowers a tally over any domain. */
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
