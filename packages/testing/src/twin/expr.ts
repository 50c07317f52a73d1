/**
 * Evaluates an expression (a condition on a node) or a tally (a count of replicas per domain). This
 * is the slow reference implementation (twin) of both. They share a file because an expression may
 * count replicas, and a tally may restrict its nodes by an expression.
 */
import type { NodePicture, Picture } from '../picture/canonical.js'
import { valueOf } from '../recipe/pairs.js'
import type { ExprRecipe, NodeRecipe, TallyRecipe } from '../recipe/recipe.js'
import { isInDomain, shareDomain } from './domain.js'
import { countTwin } from './match.js'
import { orderTwin } from './order.js'
import { acceptsTwin } from './pattern.js'

type Subject = NodeRecipe['attributes']
type Case<Tag extends ExprRecipe['_tag']> = Extract<ExprRecipe, { readonly _tag: Tag }>

/**
 * Whether an expression holds for a node of the picture, or for one of its marks if `subject` is
 * that mark. Each case follows its sentence in the kernel's `rule/expr.ts`.
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

/** False when there is no left side. */
const holds = (left: number | undefined, op: Case<'Compare'>['op'], right: number): boolean =>
  left !== undefined &&
  { '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right }[op]

/** The count in the domain of `node`; `undefined` when the node is in no domain. */
export const tallyTwin = (
  tally: TallyRecipe,
  node: NodePicture,
  all: Picture,
): number | undefined => {
  if (!isInDomain(tally, node)) return undefined
  const others = all.nodes.filter((other) => isInDomain(tally, other))
  return countTwin(
    tally,
    others.filter((other) => shareDomain(tally, node, other) && isEligible(tally, other, all)),
  )
}

/** Whether a tally counts the replicas of a node. */
export const isEligible = ({ eligible }: TallyRecipe, node: NodePicture, all: Picture): boolean =>
  eligible === undefined || exprTwin(eligible, node, all)
