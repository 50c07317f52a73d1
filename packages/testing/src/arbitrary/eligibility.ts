/** What may be asked of marks, and of nodes for a tally: nothing that counts in its turn. */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { joined, ofBoth, ofNode } from './leaf.js'

/** What may be asked of a mark. */
export const anyToleration: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>(
  (tie) => ({ expr: fc.oneof({ maxDepth: 2 }, ...ofBoth, ...joined(tie('expr'))) }),
).expr

/** Every mark of the node satisfies something. */
export const anyMarks: Arbitrary<ExprRecipe> = fc.record({
  _tag: fc.constant('Marks'),
  tolerated: anyToleration,
})

/** What may be asked of a node that is to be counted, about two deep. */
export const anyEligibility: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>(
  (tie) => ({
    expr: fc.oneof({ maxDepth: 1 }, ...ofBoth, ...ofNode, anyMarks, ...joined(tie('expr'))),
  }),
).expr
