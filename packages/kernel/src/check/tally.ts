/**
 * Whether a tally can be taken.
 */
import type { Match, Tally } from '../rule/tally.js'
import { word } from './amounts.js'
import { eligible } from './expr.js'
import { both, list, oneOf, optional, record, tagged, wrong, type Check } from './shape.js'

type Case<Tag extends Match['_tag']> = Extract<Match, { readonly _tag: Tag }>

const inner: Check = (value, at, known) => match(value, at, known)

const cases: Check = tagged<Match['_tag']>({
  Fact: record<Case<'Fact'>>({ word }),
  Phase: record<Case<'Phase'>>({ phase: oneOf('assumed', 'running', 'leaving') }),
  Every: record<Case<'Every'>>({ of: list(inner) }),
  Some: record<Case<'Some'>>({ of: list(inner) }),
  None: record<Case<'None'>>({ of: inner }),
})

/** So deep a match may be, with all that is around it. */
const depthMax = 400

export const match: Check = (value, at, known) =>
  at.length > depthMax
    ? wrong(at.slice(0, 8), value, `a match at most ${depthMax} steps deep`)
    : cases(value, at, known)

export const domain: Check = (value, at, known) =>
  value === 'node' || value === 'cluster' ? undefined : word(value, at, known)

/** A key beside an attribute would say nothing. */
const noKeyBesideAttribute: Check = (value, at) => {
  const { domain: within, key } = value as Tally
  return key === undefined || within === 'node' || within === 'cluster'
    ? undefined
    : wrong([...at, 'key'], key, 'no key, as the domain is an attribute itself')
}

const shapeWithin = (within: Check): Check =>
  record<Tally>({
    facts: match,
    domain: within,
    key: optional(word),
    absent: oneOf('refuse', 'own', 'shared', 'skip'),
    eligible: optional((value, at, known) => eligible(value, at, known)),
    removal: optional(match),
  })

const tallyWithin = (within: Check): Check => both(shapeWithin(within), noKeyBesideAttribute)

export const tally: Check = tallyWithin(domain)

/** A tally on the node itself. */
export const tallyOnNode: Check = tallyWithin(oneOf('node'))
