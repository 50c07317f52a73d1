/**
 * Generates random scores, normalisers (which make the scores of all nodes comparable) and choices
 * (how scores select a node) of every kind. All weights are small multiples of 1/2, so that sums
 * are exact in any order.
 */
import fc, { type Arbitrary } from 'fast-check'
import type {
  ChoiceRecipe,
  CountsRecipe,
  ExprRecipe,
  ColumnScoreRecipe,
  LoadPointsRecipe,
  LoadRecipe,
  RawScoreRecipe,
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

/** A raw score of attributes and marks. */
export const anyStatic: Arbitrary<StaticRecipe> = fc.record({
  _tag: fc.constant('Static'),
  cases: cases(anyExpr),
  marks: cases(anyToleration),
})

/** A raw score from a column. */
export const anyColumnScore: Arbitrary<ColumnScoreRecipe> = fc.record({
  _tag: fc.constant('Column'),
  column: anyColumnName,
})

/** A dimension of a load, with the replica's demand and a weight. */
export const loadPart: Arbitrary<LoadRecipe['parts'][number]> = fc.record({
  dimension: anyDimension,
  amount: anyDemand,
  weight: fc.constantFrom(1, 2, 3, 0),
})

const loadParts = fc.array(loadPart, { maxLength: 3 })

/** A raw score of load by any curve except points. */
export const anyLoad: Arbitrary<LoadRecipe> = fc.record({
  _tag: fc.constant('Load'),
  curve: fc.constantFrom('least', 'most', 'remaining', 'balance-change'),
  parts: loadParts,
})

/** A raw score of load by a curve of up to four points. */
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

/** A spreading score over up to two tallies. */
export const anySpread: Arbitrary<SpreadRecipe> = fc.record({
  _tag: fc.constant('Spread'),
  terms: fc.array(fc.tuple(anyTally, fc.integer({ min: 1, max: 5 })), { maxLength: 2 }),
})

/** A raw score of any kind. Most depend on what is placed. */
export const anyRawScore: Arbitrary<RawScoreRecipe> = fc.oneof(
  { weight: 1, arbitrary: anyStatic },
  { weight: 3, arbitrary: anyLoad },
  { weight: 2, arbitrary: anyCounts },
  { weight: 1, arbitrary: anyColumnScore },
  { weight: 1, arbitrary: anyLoadPoints },
  { weight: 1, arbitrary: anySpread },
)

/** A raw score of any kind with any normaliser. */
const anyScore: Arbitrary<ScoreRecipe> = fc.record({
  plugin: anyNumber,
  raw: anyRawScore,
  normaliser: fc.constantFrom('none', 'max', 'max-reversed', 'min-max', 'spread'),
  weight,
})

const tie: Arbitrary<ChoiceRecipe['tie']> = fc.oneof(
  fc.constant('rank'),
  fc.record({ seeded: fc.oneof(fc.integer(), fc.maxSafeInteger()) }),
)

/** A sum or a chain of up to three scores; ties go to rank or are seeded. */
export const anyChoice: Arbitrary<ChoiceRecipe> = fc.oneof(
  fc.record({
    _tag: fc.constant('Sum'),
    scores: fc.array(anyScore, { maxLength: 3 }),
    tie,
  }),
  fc.record({
    _tag: fc.constant('Chain'),
    keys: fc.array(
      fc.record({ plugin: anyNumber, raw: anyRawScore, prefer: fc.constantFrom('least', 'most') }),
      { maxLength: 3 },
    ),
    tie,
  }),
)
