/**
 * Compiles an expression (a condition on attributes) to a predicate over nodes or over marks, which
 * are taints. What is the same for all nodes, such as counts of replicas by domain, is computed
 * once, when the predicate is made.
 */
import { invariant } from '../cluster/invariant.js'
import { nodeIdOf, nodeRows } from '../cluster/read.js'
import type { Lookup } from '../cluster/roster.js'
import type { DomainCounts, State } from '../cluster/state.js'
import type { ComparisonOp, Expr, Tally } from '../rule/expr.js'
import type { WordId } from '../rule/id.js'
import { compareAs } from './compare-as.js'
import { counterOf } from './count.js'
import { isLocal, scanDomains } from './domain-counts.js'
import { acceptorOf } from './pattern.js'

/** True of the node rows of which the expression holds. */
export const nodePredicate = (expr: Expr, state: State): ((row: number) => boolean) => {
  const holds = compileExpr(expr, state)
  const { attributes } = state.roster
  return (row) => holds(attributes[row]!, row)
}

/** True of the marks of which the expression holds. */
export const markPredicate = (expr: Expr, state: State): ((mark: Lookup) => boolean) => {
  const holds = compileExpr(expr, state)
  return (mark) => holds(mark, noRow)
}

const noRow = -1

/** The subject is the node in the row, or one of its marks. */
type Holds = (subject: Lookup, row: number) => boolean

const compileExpr = (expr: Expr, state: State): Holds => {
  switch (expr._tag) {
    case 'All': {
      const of = expr.of.map((part) => compileExpr(part, state))
      return (subject, row) => of.every((holds) => holds(subject, row))
    }
    case 'Any': {
      const of = expr.of.map((part) => compileExpr(part, state))
      return (subject, row) => of.some((holds) => holds(subject, row))
    }
    case 'Not': {
      const holds = compileExpr(expr.of, state)
      return (subject, row) => !holds(subject, row)
    }
    case 'Has':
      return (subject) => subject.has(expr.key)
    case 'In':
    case 'Compare':
    case 'Pattern': {
      const accepts = valuePredicate(expr, state)
      return (subject) => {
        const value = subject.get(expr.key)
        return value !== undefined && accepts(value)
      }
    }
    case 'Marks': {
      const tolerates = markPredicate(expr.tolerated, state)
      return (_, row) => state.roster.marks[row]!.every(tolerates)
    }
    case 'Named': {
      const rows = new Set(nodeRows(state, expr.nodes))
      return (_, row) => rows.has(row)
    }
    case 'InMask': {
      const nodes = state.inputs.members.get(expr.mask)!
      return (_, row) => nodes.has(nodeIdOf(state, row))
    }
    case 'Count': {
      const { countAt } = domainCounts(state, expr.tally)
      return (_, row) => {
        const count = countAt(row)
        return count !== undefined && isOrdered(count, expr.op, expr.than)
      }
    }
  }
}

/**
 * The counts of a tally: the index's own when the state is a view that an index has lent, else by
 * scanning with the counter for it. An index must know every tally of its class that is not local.
 */
export const domainCounts = (state: State, tally: Tally, counterFor = counterOf): DomainCounts => {
  const indexedCounts = state.index?.domainCounts(tally)
  if (indexedCounts !== undefined) return indexedCounts
  invariant(
    state.index === undefined || isLocal(tally),
    'an index does not know a tally of its class',
  )
  return scanDomains(state, tally, eligibility(state, tally), counterFor(state, tally))
}

/** True of the node rows that a tally counts on and takes domains from. */
export const eligibility = (
  state: State,
  { eligible }: Pick<Tally, 'eligible'>,
): ((row: number) => boolean) =>
  eligible === undefined ? () => true : nodePredicate(eligible, state)

type ValueExpr = Extract<Expr, { readonly _tag: 'In' | 'Compare' | 'Pattern' }>

/** A predicate over the values of the key; each value is parsed once. */
const valuePredicate = (expr: ValueExpr, state: State): ((value: WordId) => boolean) => {
  const { texts } = state.words
  switch (expr._tag) {
    case 'In': {
      const values = new Set(expr.values)
      return (value) => values.has(value)
    }
    case 'Compare': {
      const compares = compareAs(expr.as)
      return memoise((value) => {
        const order = compares(texts.get(value)!, expr.than)
        return order !== undefined && isOrdered(order, expr.op, 0)
      })
    }
    case 'Pattern': {
      const accepts = acceptorOf(expr.program)
      return (value) => accepts(texts.get(value)!)
    }
  }
}

/** Remembers the answer for each value, so that a text is parsed once. */
const memoise = (accepts: (value: WordId) => boolean): ((value: WordId) => boolean) => {
  const verdicts = new Map<WordId, boolean>()
  return (value) => {
    const verdict = verdicts.get(value)
    if (verdict !== undefined) return verdict
    const answer = accepts(value)
    verdicts.set(value, answer)
    return answer
  }
}

const isOrdered = (a: number, op: ComparisonOp, b: number): boolean => {
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
