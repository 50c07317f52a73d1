/**
 * Generates random conditions that read only a node, its attributes and its marks (taints):
 *
 * 1. a condition on one mark;
 * 2. the condition that all marks of a node are tolerated;
 * 3. a condition that selects the nodes on which replicas are counted.
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
