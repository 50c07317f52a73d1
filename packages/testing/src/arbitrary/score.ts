/** Scores, normalisers and choices of every kind. Weights are small whole numbers and halves, whose sums are exact in any order. */
import fc, { type Arbitrary } from 'fast-check'
import type {
  ChoiceRecipe,
  CountsRecipe,
  ExprRecipe,
  LoadRecipe,
  RawRecipe,
  ScoreRecipe,
  StaticRecipe,
} from '../recipe/recipe.js'
import { anyExpr, anyToleration } from './expr.js'
import { anyTally } from './tally.js'
import { anyDimension, anyNumber } from './text.js'
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

/** A raw score of load, by each curve. */
export const anyLoad: Arbitrary<LoadRecipe> = fc.record({
  _tag: fc.constant('Load'),
  curve: fc.constantFrom('least', 'most', 'remaining', 'balance-change'),
  parts: fc.array(fc.record({ dimension: anyDimension, amount: anyDemand, weight }), {
    maxLength: 3,
  }),
})

/** A raw score of counts; a weight may be negative. */
export const anyCounts: Arbitrary<CountsRecipe> = fc.record({
  _tag: fc.constant('Counts'),
  terms: fc.array(fc.tuple(anyTally, fc.constantFrom(1, 2, -1, 0.5, 0)), { maxLength: 2 }),
})

/** A raw score of any kind. */
export const anyRaw: Arbitrary<RawRecipe> = fc.oneof(anyStatic, anyLoad, anyCounts)

/** A score with each normaliser. */
export const anyScore: Arbitrary<ScoreRecipe> = fc.record({
  plugin: anyNumber,
  raw: anyRaw,
  normaliser: fc.constantFrom('none', 'max', 'max-reversed', 'min-max'),
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
