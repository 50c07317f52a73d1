/** Expressions of every kind, about three deep; inside `Marks` nothing that speaks of nodes. */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { anyKey, anyNodeName, anyValue } from './text.js'

type Exprs = Readonly<Record<'ofNode' | 'ofMark', ExprRecipe>>

const has: Arbitrary<ExprRecipe> = fc.record({ _tag: fc.constant('Has'), key: anyKey })

const isIn: Arbitrary<ExprRecipe> = fc.record({
  _tag: fc.constant('In'),
  key: anyKey,
  values: fc.array(anyValue, { maxLength: 3 }),
})

const compare: Arbitrary<ExprRecipe> = fc.record({
  _tag: fc.constant('Compare'),
  key: anyKey,
  order: fc.constant('int64'),
  op: fc.constantFrom('<', '<=', '>', '>='),
  than: anyValue,
})

const named: Arbitrary<ExprRecipe> = fc.record({
  _tag: fc.constant('Named'),
  nodes: fc.array(anyNodeName, { maxLength: 3 }),
})

const joined = (part: Arbitrary<ExprRecipe>): Arbitrary<ExprRecipe>[] => [
  fc.record({ _tag: fc.constantFrom('All', 'Any'), of: fc.array(part, { maxLength: 3 }) }),
  fc.record({ _tag: fc.constant('Not'), of: part }),
]

const exprs = fc.letrec<Exprs>((tie) => ({
  ofMark: fc.oneof({ maxDepth: 2 }, has, isIn, compare, ...joined(tie('ofMark'))),
  ofNode: fc.oneof(
    { maxDepth: 2 },
    has,
    isIn,
    compare,
    named,
    fc.record({ _tag: fc.constant('Marks'), tolerated: tie('ofMark') }),
    ...joined(tie('ofNode')),
  ),
}))

/** What may be asked of a node. */
export const anyExpr: Arbitrary<ExprRecipe> = exprs.ofNode

/** What may be asked of a mark. */
export const anyToleration: Arbitrary<ExprRecipe> = exprs.ofMark
