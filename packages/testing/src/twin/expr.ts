/**
 * The slow twin of `Expr`: each case is its sentence in the kernel's `rule/expr.ts`, over plain
 * texts.
 */
import type { NodePicture, Picture } from '../picture/settled.js'
import { valueOf } from '../recipe/pairs.js'
import type { ExprRecipe, NodeRecipe } from '../recipe/recipe.js'
import { orderTwin } from './order.js'
import { acceptsTwin } from './pattern.js'
import { tallyTwin } from './tally.js'

type Subject = NodeRecipe['attributes']
type Case<Tag extends ExprRecipe['_tag']> = Extract<ExprRecipe, { readonly _tag: Tag }>

/**
 * Whether an expression holds of a node of the picture, or of one of its marks when that is given
 * as the subject.
 */
export const exprTwin = (
  expr: ExprRecipe,
  node: NodePicture,
  all: Picture,
  subject: Subject = node.attributes,
): boolean => {
  switch (expr._tag) {
    case 'All':
      return expr.of.filter((part) => exprTwin(part, node, all, subject)).length === expr.of.length
    case 'Any':
      return expr.of.filter((part) => exprTwin(part, node, all, subject)).length > 0
    case 'Not':
      return !exprTwin(expr.of, node, all, subject)
    case 'Has':
      return subject.some(([key]) => key === expr.key)
    case 'In':
      return subject.some(([key, value]) => key === expr.key && expr.values.includes(value))
    case 'Compare':
      return compareTwin(expr, valueOf(subject, expr.key))
    case 'Pattern':
      return subject.some(([key, value]) => key === expr.key && acceptsTwin(expr.program, value))
    case 'Marks':
      return !node.marks.some((mark) => !exprTwin(expr.tolerated, node, all, mark))
    case 'Named':
      return expr.nodes.includes(node.name)
    case 'InMask':
      return node.given.masks.includes(expr.mask)
    case 'Count':
      return holds(tallyTwin(expr.tally, node, all), expr.op, expr.than)
  }
}

const compareTwin = ({ as, op, than }: Case<'Compare'>, text: string | undefined): boolean =>
  holds(text === undefined ? undefined : orderTwin(as, text, than), op, 0)

/** Nothing compares with nothing. */
const holds = (left: number | undefined, op: Case<'Compare'>['op'], right: number): boolean =>
  left !== undefined &&
  { '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right }[op]
