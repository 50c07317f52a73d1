/**
 * Whether an expression holds of a node or of a mark.
 */
import type { Parts } from '../cluster/parts.js'
import { nodeIdOf } from '../cluster/read.js'
import type { Lookup } from '../cluster/roster.js'
import type { Expr, Order } from '../rule/expr.js'
import { readInt64 } from './int64.js'

type Compare = Extract<Expr, { readonly _tag: 'Compare' }>

/** Whether it holds of the node in a row. */
export const holds = (expr: Expr, parts: Parts, row: number): boolean =>
  holdsOf(expr, parts, row, parts.roster.attributes[row]!)

/** Whether it holds of one of the marks of the node in a row. */
export const holdsOfMark = (expr: Expr, parts: Parts, row: number, mark: Lookup): boolean =>
  holdsOf(expr, parts, row, mark)

/** `subject` describes the node in the row, or one of its marks. */
const holdsOf = (expr: Expr, parts: Parts, row: number, subject: Lookup): boolean => {
  switch (expr._tag) {
    case 'All':
      return expr.of.every((part) => holdsOf(part, parts, row, subject))
    case 'Any':
      return expr.of.some((part) => holdsOf(part, parts, row, subject))
    case 'Not':
      return !holdsOf(expr.of, parts, row, subject)
    case 'Has':
      return subject.has(expr.key)
    case 'In': {
      const value = subject.get(expr.key)
      return value !== undefined && expr.values.includes(value)
    }
    case 'Compare':
      return compares(expr, parts, subject)
    case 'Marks':
      return parts.roster.marks[row]!.every((mark) => holdsOf(expr.tolerated, parts, row, mark))
    case 'Named':
      return expr.nodes.includes(nodeIdOf(parts, row))
  }
}

const compares = (expr: Compare, parts: Parts, subject: Lookup): boolean => {
  const word = subject.get(expr.key)
  if (word === undefined) return false
  const value = readInt64(parts.words.texts[word]!)
  const than = readInt64(expr.than)
  return value !== undefined && than !== undefined && ordered(value, expr.op, than)
}

const ordered = (a: bigint, op: Order, b: bigint): boolean => {
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}
