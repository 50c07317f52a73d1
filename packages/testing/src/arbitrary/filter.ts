/** Filters of every kind. */
import fc, { type Arbitrary } from 'fast-check'
import type {
  FilterRecipe,
  FitRecipe,
  LimitRecipe,
  OnlyRecipe,
  RequireRecipe,
} from '../recipe/recipe.js'
import { anyExpr } from './expr.js'
import { anyNodeTally } from './tally.js'
import { anyDimension, anyNodeName, anyNumber } from './text.js'
import { anyDemand } from './vector.js'

const said = { plugin: anyNumber, removable: fc.boolean() }

/** An *only*, of some nodes. */
export const anyOnly: Arbitrary<OnlyRecipe> = fc.record({
  _tag: fc.constant('Only'),
  ...said,
  reason: anyNumber,
  nodes: fc.array(anyNodeName, { maxLength: 5 }),
})

/** A *require*, with an expression of any kind. */
export const anyRequire: Arbitrary<RequireRecipe> = fc.record({
  _tag: fc.constant('Require'),
  ...said,
  reason: anyNumber,
  expr: anyExpr,
})

/** A *fit* of a few parts; a dimension or a reason may come twice. */
export const anyFit: Arbitrary<FitRecipe> = fc.record({
  _tag: fc.constant('Fit'),
  ...said,
  parts: fc.array(
    fc.record({
      dimension: anyDimension,
      amount: anyDemand,
      reason: anyNumber,
      slot: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
})

/** A *limit*, with a match of any kind. */
export const anyLimit: Arbitrary<LimitRecipe> = fc.record({
  _tag: fc.constant('Limit'),
  ...said,
  reason: anyNumber,
  tally: anyNodeTally,
  self: fc.nat(2),
  most: fc.nat(4),
})

/** A filter of any kind. */
export const anyFilter: Arbitrary<FilterRecipe> = fc.oneof(anyFit, anyLimit, anyRequire, anyOnly)
