/**
 * Checks that two kinds of data from a caller have valid fields and known ids:
 * 1. expressions, which are conditions on a node or on a mark (a taint);
 * 2. tallies, which are rules that count replicas per domain.
 */
import type { Expr, Tally } from '../rule/expr.js'
import { anyText, finite, mask, nodeId, word } from './amounts.js'
import { domain, match } from './match.js'
import { program } from './pattern.js'
import {
  allChecks,
  list,
  malformedValue,
  oneOfTexts,
  optional,
  record,
  taggedUnion,
  type Check,
} from './shape.js'

type Subject = 'node' | 'mark' | 'tally'
type ExprCase<Tag extends Expr['_tag']> = Extract<Expr, { readonly _tag: Tag }>

/**
 * The largest depth of an expression, counted from the root of the class: the length of its path.
 */
const exprDepthMax = 400

const comparisonOp = oneOfTexts('<', '<=', '>', '>=')

const noCount: Check = (_, at) =>
  malformedValue(at, 'Count', 'no count inside what makes nodes eligible')

const exprOf = (subject: Subject): Check => {
  const inner: Check = (value, at, symbols) => within(value, at, symbols)
  const ofMark: Check = (value, at, symbols) => exprOfMark(value, at, symbols)
  const outsideMarks = (check: Check, of: string): Check =>
    subject === 'mark'
      ? (_, at) => malformedValue(at, of, 'no question about nodes inside a mark')
      : check
  const onNode: Check = (value, at, symbols) => tallyOnNode(value, at, symbols)
  const count = record<ExprCase<'Count'>>({ tally: onNode, op: comparisonOp, than: finite })
  const cases = taggedUnion<Expr['_tag']>({
    All: record<ExprCase<'All'>>({ of: list(inner) }),
    Any: record<ExprCase<'Any'>>({ of: list(inner) }),
    Not: record<ExprCase<'Not'>>({ of: inner }),
    Has: record<ExprCase<'Has'>>({ key: word }),
    In: record<ExprCase<'In'>>({ key: word, values: list(word) }),
    Compare: record<ExprCase<'Compare'>>({
      key: word,
      as: oneOfTexts('int64', 'version', 'instant'),
      op: comparisonOp,
      than: anyText,
    }),
    Pattern: record<ExprCase<'Pattern'>>({ key: word, program }),
    Marks: outsideMarks(record<ExprCase<'Marks'>>({ tolerated: ofMark }), 'Marks'),
    Named: outsideMarks(record<ExprCase<'Named'>>({ nodes: list(nodeId) }), 'Named'),
    InMask: outsideMarks(record<ExprCase<'InMask'>>({ mask }), 'InMask'),
    Count: outsideMarks(subject === 'tally' ? noCount : count, 'Count'),
  })
  const within: Check = (value, at, symbols) =>
    at.length > exprDepthMax
      ? malformedValue(at.slice(0, 8), value, `an expression at most ${exprDepthMax} steps deep`)
      : cases(value, at, symbols)
  return within
}

/** An expression about a node. */
export const expr = exprOf('node')

/** An expression about a mark, without conditions on nodes. */
export const exprOfMark = exprOf('mark')

/**
 * Which nodes a tally counts on: an expression about a node, without `Count`, so that counting
 * never nests.
 */
const eligible = exprOf('tally')

/** A tally over an attribute must not have a `key`, which would have no effect. */
const noKeyBesideAttribute: Check = (value, at) => {
  const { domain: over, key } = value as Tally
  return key === undefined || over === 'node' || over === 'cluster'
    ? undefined
    : malformedValue([...at, 'key'], key, 'no key, as the domain is an attribute itself')
}

const shapeWithin = (domainCheck: Check): Check =>
  record<Tally>({
    facts: match,
    domain: domainCheck,
    key: optional(word),
    absent: oneOfTexts('refuse', 'own', 'shared', 'skip'),
    eligible: optional(eligible),
    removal: optional(match),
  })

const tallyWithin = (domainCheck: Check): Check =>
  allChecks(shapeWithin(domainCheck), noKeyBesideAttribute)

/** A tally over any domain. */
export const tally: Check = tallyWithin(domain)

/** A tally whose domain is the node itself, as an expression may count. */
const tallyOnNode: Check = tallyWithin(oneOfTexts('node'))
