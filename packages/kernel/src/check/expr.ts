/**
 * Whether an expression can be asked of a subject: a node, a mark, or a node for a tally, which
 * must not count in its turn.
 */
import type { Expr } from '../rule/expr.js'
import { finite, mask, nodeId, text, word } from './amounts.js'
import { program } from './pattern.js'
import { list, oneOf, record, tagged, wrong, type Check } from './shape.js'
import { tallyOnNode } from './tally.js'

type Subject = 'node' | 'mark' | 'tally'
type Case<Tag extends Expr['_tag']> = Extract<Expr, { readonly _tag: Tag }>

/** So deep an expression may be, with all that is around it: paths are as long as that is deep. */
const depthMax = 400

const order = oneOf('<', '<=', '>', '>=')

const noCount: Check = (_, at) => wrong(at, 'Count', 'no count inside what makes nodes eligible')

const exprOf = (subject: Subject): Check => {
  const inner: Check = (value, at, known) => within(value, at, known)
  const ofMark: Check = (value, at, known) => exprOfMark(value, at, known)
  const outsideMarks = (check: Check, of: string): Check =>
    subject === 'mark' ? (_, at) => wrong(at, of, 'no question about nodes inside a mark') : check
  const onNode: Check = (value, at, known) => tallyOnNode(value, at, known)
  const count = record<Case<'Count'>>({ tally: onNode, op: order, than: finite })
  const cases = tagged<Expr['_tag']>({
    All: record<Case<'All'>>({ of: list(inner) }),
    Any: record<Case<'Any'>>({ of: list(inner) }),
    Not: record<Case<'Not'>>({ of: inner }),
    Has: record<Case<'Has'>>({ key: word }),
    In: record<Case<'In'>>({ key: word, values: list(word) }),
    Compare: record<Case<'Compare'>>({
      key: word,
      as: oneOf('int64', 'version', 'instant'),
      op: order,
      than: text,
    }),
    Pattern: record<Case<'Pattern'>>({ key: word, program }),
    Marks: outsideMarks(record<Case<'Marks'>>({ tolerated: ofMark }), 'Marks'),
    Named: outsideMarks(record<Case<'Named'>>({ nodes: list(nodeId) }), 'Named'),
    InMask: outsideMarks(record<Case<'InMask'>>({ mask }), 'InMask'),
    Count: outsideMarks(subject === 'tally' ? noCount : count, 'Count'),
  })
  const within: Check = (value, at, known) =>
    at.length > depthMax
      ? wrong(at.slice(0, 8), value, `an expression at most ${depthMax} steps deep`)
      : cases(value, at, known)
  return within
}

/** What may be asked of a node. */
export const expr = exprOf('node')

/** What may be asked of a mark. */
export const exprOfMark = exprOf('mark')

/** What may be asked of a node by a tally. */
export const eligible = exprOf('tally')
