/** The slow twin of `Expr`: each case is its sentence in the kernel's `rule/expr.ts`, over plain texts. */
import type { NodePicture } from '../picture/settled.js'
import { valueOf } from '../recipe/pairs.js'
import type { ExprRecipe, NodeRecipe } from '../recipe/recipe.js'

type Subject = NodeRecipe['attributes']
type Compare = Extract<ExprRecipe, { readonly _tag: 'Compare' }>

/** Whether an expression holds of a node, or of one of its marks when that is given as the subject. */
export const exprTwin = (
  expr: ExprRecipe,
  node: NodePicture,
  subject: Subject = node.attributes,
): boolean => {
  switch (expr._tag) {
    case 'All':
      return expr.of.filter((part) => exprTwin(part, node, subject)).length === expr.of.length
    case 'Any':
      return expr.of.filter((part) => exprTwin(part, node, subject)).length > 0
    case 'Not':
      return !exprTwin(expr.of, node, subject)
    case 'Has':
      return subject.some(([key]) => key === expr.key)
    case 'In':
      return subject.some(([key, value]) => key === expr.key && expr.values.includes(value))
    case 'Compare':
      return compareTwin(expr, valueOf(subject, expr.key))
    case 'Marks':
      return !node.marks.some((mark) => !exprTwin(expr.tolerated, node, mark))
    case 'Named':
      return expr.nodes.includes(node.name)
  }
}

const compareTwin = ({ op, than }: Compare, text: string | undefined): boolean => {
  const [left, right] = [integerOf(text), integerOf(than)]
  if (left === undefined || right === undefined) return false
  return { '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right }[op]
}

const digits = '0123456789'

/** A sign or none, then digits, at least one; and the same number when it is kept in 64 bits. */
const integerOf = (text: string | undefined): bigint | undefined => {
  if (text === undefined) return undefined
  const unsigned = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (unsigned === '' || ![...unsigned].every((digit) => digits.includes(digit))) return undefined
  const size = [...unsigned].reduce((sum, digit) => sum * 10n + BigInt(digits.indexOf(digit)), 0n)
  const value = text.startsWith('-') ? -size : size
  return BigInt.asIntN(64, value) === value ? value : undefined
}
