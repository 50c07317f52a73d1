/**
 * Whether an expression can be asked of a subject: a node, a mark, or a node for a tally, which
 * must not count in its turn.
 */
import type { Expr } from '../rule/expr.js'
import { finite, mask, nodeId, anyText, word } from './amounts.js'
import { program } from './pattern.js'
import { list, oneOfTexts, record, tagged, malformed, type Check } from './shape.js'
import { tallyOnNode } from './tally.js'

type Subject = 'node' | 'mark' | 'tally'
type ExprCase<Tag extends Expr['_tag']> = Extract<Expr, { readonly _tag: Tag }>

/** So deep an expression may be, with all that is around it: paths are as long as that is deep. */
const exprDepthMax = 400

const comparisonOp = oneOfTexts('<', '<=', '>', '>=')

const noCount: Check = (_, at) =>
  malformed(at, 'Count', 'no count inside what makes nodes eligible')

const exprOf = (subject: Subject): Check => {
  const inner: Check = (value, at, symbols) => within(value, at, symbols)
  const ofMark: Check = (value, at, symbols) => exprOfMark(value, at, symbols)
  const outsideMarks = (check: Check, of: string): Check =>
    subject === 'mark'
      ? (_, at) => malformed(at, of, 'no question about nodes inside a mark')
      : check
  const onNode: Check = (value, at, symbols) => tallyOnNode(value, at, symbols)
  const count = record<ExprCase<'Count'>>({ tally: onNode, op: comparisonOp, than: finite })
  const cases = tagged<Expr['_tag']>({
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
      ? malformed(at.slice(0, 8), value, `an expression at most ${exprDepthMax} steps deep`)
      : cases(value, at, symbols)
  return within
}

/** What may be asked of a node. */
export const expr = exprOf('node')

/** What may be asked of a mark. */
export const exprOfMark = exprOf('mark')

/** What may be asked of a node by a tally. */
export const eligible = exprOf('tally')
