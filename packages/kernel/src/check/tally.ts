/**
 * Whether a tally can be taken.
 */
import type { Match, Tally } from '../rule/tally.js'
import { word } from './amounts.js'
import { eligible } from './expr.js'
import { both, list, oneOfTexts, optional, record, tagged, malformed, type Check } from './shape.js'

type MatchCase<Tag extends Match['_tag']> = Extract<Match, { readonly _tag: Tag }>

const inner: Check = (value, at, symbols) => match(value, at, symbols)

const cases: Check = tagged<Match['_tag']>({
  Fact: record<MatchCase<'Fact'>>({ word }),
  Phase: record<MatchCase<'Phase'>>({ phase: oneOfTexts('assumed', 'running', 'leaving') }),
  Every: record<MatchCase<'Every'>>({ of: list(inner) }),
  Some: record<MatchCase<'Some'>>({ of: list(inner) }),
  None: record<MatchCase<'None'>>({ of: inner }),
})

/** So deep a match may be, with all that is around it. */
const matchDepthMax = 400

export const match: Check = (value, at, symbols) =>
  at.length > matchDepthMax
    ? malformed(at.slice(0, 8), value, `a match at most ${matchDepthMax} steps deep`)
    : cases(value, at, symbols)

export const domain: Check = (value, at, symbols) =>
  value === 'node' || value === 'cluster' ? undefined : word(value, at, symbols)

/** A key beside an attribute would say nothing. */
const noKeyBesideAttribute: Check = (value, at) => {
  const { domain: domainCheck, key } = value as Tally
  return key === undefined || domainCheck === 'node' || domainCheck === 'cluster'
    ? undefined
    : malformed([...at, 'key'], key, 'no key, as the domain is an attribute itself')
}

const shapeWithin = (domainCheck: Check): Check =>
  record<Tally>({
    facts: match,
    domain: domainCheck,
    key: optional(word),
    absent: oneOfTexts('refuse', 'own', 'shared', 'skip'),
    eligible: optional((value, at, symbols) => eligible(value, at, symbols)),
    removal: optional(match),
  })

const tallyWithin = (domainCheck: Check): Check =>
  both(shapeWithin(domainCheck), noKeyBesideAttribute)

export const tally: Check = tallyWithin(domain)

/** A tally on the node itself. */
export const tallyOnNode: Check = tallyWithin(oneOfTexts('node'))
