/**
 * Checks two parts of a tally (a rule that counts replicas per domain):
 * 1. `Match` selects the replicas to count.
 * 2. `Domain` says how nodes are grouped for counting: each node alone, by the value of an
 *    attribute, or all nodes together.
 */
import type { Match } from '../rule/match.js'
import { word } from './amounts.js'
import { list, malformedValue, oneOfTexts, record, taggedUnion, type Check } from './shape.js'

type MatchCase<Tag extends Match['_tag']> = Extract<Match, { readonly _tag: Tag }>

const inner: Check = (value, at, symbols) => match(value, at, symbols)

const cases: Check = taggedUnion<Match['_tag']>({
  Fact: record<MatchCase<'Fact'>>({ word }),
  Phase: record<MatchCase<'Phase'>>({ phase: oneOfTexts('assumed', 'running', 'leaving') }),
  Every: record<MatchCase<'Every'>>({ of: list(inner) }),
  Some: record<MatchCase<'Some'>>({ of: list(inner) }),
  None: record<MatchCase<'None'>>({ of: inner }),
})

/** The largest depth of a match, counted from the root of the class: the length of its path. */
const matchDepthMax = 400

/** A condition on replicas. */
export const match: Check = (value, at, symbols) =>
  at.length > matchDepthMax
    ? malformedValue(at.slice(0, 8), value, `a match at most ${matchDepthMax} steps deep`)
    : cases(value, at, symbols)

/** `node`, `cluster`, or an attribute of this cluster. */
export const domain: Check = (value, at, symbols) =>
  value === 'node' || value === 'cluster' ? undefined : word(value, at, symbols)
