/**
 * Whether an expression holds of a node or of a mark. What can be looked up once for all nodes is
 * looked up before the first is asked.
 */
import type { State } from '../cluster/parts.js'
import { nodeIdOf, rowsOf } from '../cluster/read.js'
import type { Lookup } from '../cluster/roster.js'
import type { Expr, ComparisonOp } from '../rule/expr.js'
import type { WordId } from '../rule/id.js'
import { census } from './census.js'
import { accepting } from './pattern.js'
import { reading } from './reading.js'

/** Whether it holds of the node in a row. */
export const asking = (expr: Expr, parts: State): ((row: number) => boolean) => {
  const holds = asked(expr, parts)
  const { attributes } = parts.roster
  return (row) => holds(attributes[row]!, row)
}

/** Whether it holds of a mark. */
export const askingMark = (expr: Expr, parts: State): ((mark: Lookup) => boolean) => {
  const holds = asked(expr, parts)
  return (mark) => holds(mark, nobody)
}

const nobody = -1

/** `subject` describes the node in the row, or one of its marks. */
type Holds = (subject: Lookup, row: number) => boolean

const asked = (expr: Expr, parts: State): Holds => {
  switch (expr._tag) {
    case 'All': {
      const of = expr.of.map((part) => asked(part, parts))
      return (subject, row) => of.every((holds) => holds(subject, row))
    }
    case 'Any': {
      const of = expr.of.map((part) => asked(part, parts))
      return (subject, row) => of.some((holds) => holds(subject, row))
    }
    case 'Not': {
      const holds = asked(expr.of, parts)
      return (subject, row) => !holds(subject, row)
    }
    case 'Has':
      return (subject) => subject.has(expr.key)
    case 'In':
    case 'Compare':
    case 'Pattern': {
      const takes = valueTaken(expr, parts)
      return (subject) => {
        const value = subject.get(expr.key)
        return value !== undefined && takes(value)
      }
    }
    case 'Marks': {
      const tolerates = askingMark(expr.tolerated, parts)
      return (_, row) => parts.roster.marks[row]!.every(tolerates)
    }
    case 'Named': {
      const rows = new Set(rowsOf(parts, expr.nodes))
      return (_, row) => rows.has(row)
    }
    case 'InMask': {
      const nodes = parts.given.members[expr.mask]!
      return (_, row) => nodes.has(nodeIdOf(parts, row))
    }
    case 'Count': {
      const { countAt } = census(parts, expr.tally)
      return (_, row) => {
        const count = countAt(row)
        return count !== undefined && ordered(count, expr.op, expr.than)
      }
    }
  }
}

type OfValue = Extract<Expr, { readonly _tag: 'In' | 'Compare' | 'Pattern' }>

/** Whether a value is taken; each value is read once. */
const valueTaken = (expr: OfValue, parts: State): ((value: WordId) => boolean) => {
  const { texts } = parts.words
  switch (expr._tag) {
    case 'In': {
      const values = new Set(expr.values)
      return (value) => values.has(value)
    }
    case 'Compare': {
      const compares = reading(expr.as)
      return once((value) => {
        const order = compares(texts[value]!, expr.than)
        return order !== undefined && ordered(order, expr.op, 0)
      })
    }
    case 'Pattern': {
      const takes = accepting(expr.program)
      return (value) => takes(texts[value]!)
    }
  }
}

const once = (takes: (value: WordId) => boolean): ((value: WordId) => boolean) => {
  const known = new Map<WordId, boolean>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const taken = takes(value)
    known.set(value, taken)
    return taken
  }
}

const ordered = (a: number, op: ComparisonOp, b: number): boolean => {
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
