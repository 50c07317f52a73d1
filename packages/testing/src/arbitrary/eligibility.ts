/**
 * Generates random conditions that count no replicas: (1) on one mark (a taint), (2) that all marks
 * of a node are tolerated, and (3) on the nodes whose replicas a tally counts (a tally is a rule
 * that counts replicas per group of nodes).
 */
import fc, { type Arbitrary } from 'fast-check'
import type { ExprRecipe } from '../recipe/recipe.js'
import { compositesOf, attributeLeaves, nodeLeaves } from './leaf.js'

/** A condition on a mark. */
export const anyToleration: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>(
  (tie) => ({ expr: fc.oneof({ maxDepth: 2 }, ...attributeLeaves, ...compositesOf(tie('expr'))) }),
).expr

/** The condition that every mark of the node is tolerated. */
export const anyMarks: Arbitrary<ExprRecipe> = fc.record({
  _tag: fc.constant('Marks'),
  tolerated: anyToleration,
})

/** A condition on a node whose replicas are counted, about two levels deep. */
export const anyEligibility: Arbitrary<ExprRecipe> = fc.letrec<{ readonly expr: ExprRecipe }>(
  (tie) => ({
    expr: fc.oneof(
      { maxDepth: 1 },
      ...attributeLeaves,
      ...nodeLeaves,
      anyMarks,
      ...compositesOf(tie('expr')),
    ),
  }),
).expr
