/**
 * Scores, normalisers and choices of every kind. Weights are small whole numbers, and but for those
 * of load halves, whose sums are exact in any order.
 */
import fc, { type Arbitrary } from 'fast-check'
import type {
  ChoiceRecipe,
  CountsRecipe,
  ExprRecipe,
  GivenRecipe,
  LoadPointsRecipe,
  LoadRecipe,
  RawRecipe,
  ScoreRecipe,
  SpreadRecipe,
  StaticRecipe,
} from '../recipe/recipe.js'
import { anyToleration } from './eligibility.js'
import { anyExpr } from './expr.js'
import { anyTally } from './tally.js'
import { anyColumnName, anyDimension, anyNumber } from './text.js'
import { anyDemand } from './vector.js'

const weight: Arbitrary<number> = fc.constantFrom(1, 2, 0.5, 0)

const cases = (holds: Arbitrary<ExprRecipe>) =>
  fc.array(fc.tuple(holds, fc.integer({ min: -3, max: 100 })), { maxLength: 3 })

/** A raw score of descriptions. */
export const anyStatic: Arbitrary<StaticRecipe> = fc.record({
  _tag: fc.constant('Static'),
  cases: cases(anyExpr),
  marks: cases(anyToleration),
})

/** A raw score that is given. */
export const anyGiven: Arbitrary<GivenRecipe> = fc.record({
  _tag: fc.constant('Column'),
  column: anyColumnName,
})

/** A dimension of a load, and how much it weighs. */
export const loadPart: Arbitrary<LoadRecipe['parts'][number]> = fc.record({
  dimension: anyDimension,
  amount: anyDemand,
  weight: fc.constantFrom(1, 2, 3, 0),
})

const loadParts = fc.array(loadPart, { maxLength: 3 })

/** A raw score of load, by each curve. */
export const anyLoad: Arbitrary<LoadRecipe> = fc.record({
  _tag: fc.constant('Load'),
  curve: fc.constantFrom('least', 'most', 'remaining', 'balance-change'),
  parts: loadParts,
})

/** A raw score of load, by a curve of up to four points. */
export const anyLoadPoints: Arbitrary<LoadPointsRecipe> = fc.record({
  _tag: fc.constant('Load'),
  curve: fc.constant('points'),
  parts: loadParts,
  points: fc
    .uniqueArray(fc.tuple(fc.nat(100), fc.integer({ min: -10, max: 100 })), {
      selector: ([percentage]) => percentage,
      minLength: 1,
      maxLength: 4,
    })
    .map((points) => [...points].sort(([a], [b]) => a - b)),
})

/** A raw score of counts; a weight may be negative. */
export const anyCounts: Arbitrary<CountsRecipe> = fc.record({
  _tag: fc.constant('Counts'),
  terms: fc.array(fc.tuple(anyTally, fc.constantFrom(1, 2, -1, 0.5, 0)), { maxLength: 2 }),
})

/** Soft spreading over up to two tallies. */
export const anySpread: Arbitrary<SpreadRecipe> = fc.record({
  _tag: fc.constant('Spread'),
  terms: fc.array(fc.tuple(anyTally, fc.integer({ min: 1, max: 5 })), { maxLength: 2 }),
})

/** A raw score of any kind; mostly of those that change with what is placed. */
export const anyRaw: Arbitrary<RawRecipe> = fc.oneof(
  { weight: 1, arbitrary: anyStatic },
  { weight: 3, arbitrary: anyLoad },
  { weight: 2, arbitrary: anyCounts },
  { weight: 1, arbitrary: anyGiven },
  { weight: 1, arbitrary: anyLoadPoints },
  { weight: 1, arbitrary: anySpread },
)

/** A score with each normaliser. */
export const anyScore: Arbitrary<ScoreRecipe> = fc.record({
  plugin: anyNumber,
  raw: anyRaw,
  normaliser: fc.constantFrom('none', 'max', 'max-reversed', 'min-max', 'spread'),
  weight,
})

const tie: Arbitrary<ChoiceRecipe['tie']> = fc.oneof(
  fc.constant('rank'),
  fc.record({ seeded: fc.oneof(fc.integer(), fc.maxSafeInteger()) }),
)

/** A sum or a chain, of no score too, with ties by rank or seeded. */
export const anyChoice: Arbitrary<ChoiceRecipe> = fc.oneof(
  fc.record({
    _tag: fc.constant('Sum'),
    scores: fc.array(anyScore, { maxLength: 3 }),
    tie,
  }),
  fc.record({
    _tag: fc.constant('Chain'),
    keys: fc.array(
      fc.record({ plugin: anyNumber, raw: anyRaw, prefer: fc.constantFrom('least', 'most') }),
      { maxLength: 3 },
    ),
    tie,
  }),
)
