/** Generates random expressions (conditions on a node) of every kind, about three levels deep. */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { anyMarks } from './eligibility.js'
import { compositesOf, attributeLeaves, nodeLeaves } from './leaf.js'
import { anyNodeTally } from './tally.js'

/** A comparison of the count of replicas on the node. */
export const anyCount: Arbitrary<Extract<ExprRecipe, { readonly _tag: 'Count' }>> = fc.record({
  _tag: fc.constant('Count'),
  tally: anyNodeTally,
  op: fc.constantFrom('<', '<=', '>', '>='),
  than: fc.nat(3),
})

/** Any condition on a node. */
export const anyExpr: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 2 },
    ...attributeLeaves,
    ...nodeLeaves,
    anyCount,
    anyMarks,
    ...compositesOf(tie('expr')),
  ),
})).expr
