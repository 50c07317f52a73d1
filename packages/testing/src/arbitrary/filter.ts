/** Generates random filters (rules that a node must satisfy) of every kind. */
import fc, { type Arbitrary } from 'fast-check'
import type {
  FilterRecipe,
  FitRecipe,
  LimitRecipe,
  NeedRecipe,
  OnlyRecipe,
  RequireRecipe,
  SkewRecipe,
} from '../recipe/recipe.js'
import { anyExpr } from './expr.js'
import { anyMatch } from './match.js'
import { anyDomain, anyTally } from './tally.js'
import { anyDimension, anyNodeName, anyNumber } from './text.js'
import { anyDemand } from './vector.js'

const sharedFields = { plugin: anyNumber, removable: fc.boolean() }

/** An *only* with some nodes. */
export const anyOnly: Arbitrary<OnlyRecipe> = fc.record({
  _tag: fc.constant('Only'),
  ...sharedFields,
  reason: anyNumber,
  nodes: fc.array(anyNodeName, { maxLength: 5 }),
})

/** A *require*, with an expression of any kind. */
export const anyRequire: Arbitrary<RequireRecipe> = fc.record({
  _tag: fc.constant('Require'),
  ...sharedFields,
  reason: anyNumber,
  expr: anyExpr,
})

/** A *fit* with up to three parts; dimensions and reasons may repeat. */
export const anyFit: Arbitrary<FitRecipe> = fc.record({
  _tag: fc.constant('Fit'),
  ...sharedFields,
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

/** A *limit*, over any domain. */
export const anyLimit: Arbitrary<LimitRecipe> = fc.record({
  _tag: fc.constant('Limit'),
  ...sharedFields,
  reason: anyNumber,
  tally: anyTally,
  self: fc.nat(2),
  max: fc.nat(4),
})

/** A *skew*, over any domain. */
export const anySkew: Arbitrary<SkewRecipe> = fc.record({
  _tag: fc.constant('Skew'),
  ...sharedFields,
  reason: anyNumber,
  tally: anyTally,
  self: fc.nat(2),
  max: fc.nat(3),
  domainsMin: fc.nat(4),
})

/** A *need*, in one domain or two. */
export const anyNeed: Arbitrary<NeedRecipe> = fc.record({
  _tag: fc.constant('Need'),
  ...sharedFields,
  reason: anyNumber,
  facts: anyMatch,
  domains: fc.array(anyDomain, { minLength: 1, maxLength: 2 }),
  firstMayStart: fc.boolean(),
})

/** A filter of any kind. */
export const anyFilter: Arbitrary<FilterRecipe> = fc.oneof(
  { weight: 2, arbitrary: anyFit },
  { weight: 2, arbitrary: anyLimit },
  { weight: 2, arbitrary: anyRequire },
  { weight: 1, arbitrary: anyOnly },
  { weight: 1, arbitrary: anySkew },
  { weight: 1, arbitrary: anyNeed },
)
