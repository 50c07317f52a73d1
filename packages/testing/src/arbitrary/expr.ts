/** Expressions of every kind, about three deep. */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { anyMarks } from './eligibility.js'
import { joined, ofBoth, ofNode } from './leaf.js'
import { anyNodeTally } from './tally.js'

/** A count on the node. */
export const anyCount: Arbitrary<Extract<ExprRecipe, { readonly _tag: 'Count' }>> = fc.record({
  _tag: fc.constant('Count'),
  tally: anyNodeTally,
  op: fc.constantFrom('<', '<=', '>', '>='),
  than: fc.nat(3),
})

/** What may be asked of a node. */
export const anyExpr: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>((tie) => ({
  expr: fc.oneof({ maxDepth: 2 }, ...ofBoth, ...ofNode, anyCount, anyMarks, ...joined(tie('expr'))),
})).expr
