/**
 * Checks how a class (a workload as the scheduler sees it) chooses the best node: by a weighted sum
 * of scores, or by a list of sort keys, in which a later key decides only between nodes that are
 * equal so far. Also checks each score and each key.
 */
import type {
  CountsScore,
  ColumnScore,
  LoadScore,
  LoadPart,
  LoadPointsScore,
  RawScore,
  SpreadScore,
  StaticScore,
} from '../rule/raw.js'
import type { ChainKey, Choice, Score, Tie } from '../rule/score.js'
import {
  amount,
  column,
  dimension,
  id,
  percentage,
  positive,
  signedNumber,
  weight,
  wholeNumber,
  wholeWeight,
} from './amounts.js'
import { expr, exprOfMark, tally } from './expr.js'
import {
  allChecks,
  list,
  oneOfTexts,
  pair,
  record,
  taggedUnion,
  malformedValue,
  type Check,
} from './shape.js'

const loadParts = list(record<LoadPart>({ dimension, amount, weight: wholeWeight }))

/** The points of a curve must rise by percentage. */
const risingPercentages: Check = (value, at) => {
  const points = value as LoadPointsScore['points']
  const back = points.findIndex(([here], i) => i > 0 && here <= points[i - 1]![0])
  return back < 0
    ? undefined
    : malformedValue([...at, back, 0], points[back]![0], `more than ${points[back - 1]![0]}`)
}

const loadPoints = record<LoadPointsScore>({
  curve: oneOfTexts('points'),
  parts: loadParts,
  points: allChecks(list(pair(percentage, signedNumber), 1), risingPercentages),
})

const anyCurve = oneOfTexts('least', 'most', 'remaining', 'balance-change', 'points')
const load = record<LoadScore>({ curve: anyCurve, parts: loadParts })

const raw: Check = taggedUnion<RawScore['_tag']>({
  Static: record<StaticScore>({
    cases: list(pair(expr, signedNumber)),
    marks: list(pair(exprOfMark, signedNumber)),
  }),
  Column: record<ColumnScore>({ column }),
  Load: (value, at, symbols) => {
    const { curve } = value as LoadScore | LoadPointsScore
    if (curve === 'points') return loadPoints(value, at, symbols)
    return anyCurve(curve, [...at, 'curve'], symbols) ?? load(value, at, symbols)
  },
  Counts: record<CountsScore>({ terms: list(pair(tally, signedNumber)) }),
  Spread: record<SpreadScore>({ terms: list(pair(tally, positive)) }),
})

const score = record<Score>({
  plugin: id,
  raw,
  normaliser: oneOfTexts('none', 'max', 'max-reversed', 'min-max', 'spread'),
  weight,
})

const key = record<ChainKey>({ plugin: id, raw, prefer: oneOfTexts('least', 'most') })

const seededTie = record<Exclude<Tie, 'rank'>>({ seeded: wholeNumber })

const tie: Check = (value, at, symbols) =>
  value === 'rank' ? undefined : seededTie(value, at, symbols)

/** A choice, by sum or by chain. */
export const choice: Check = taggedUnion<Choice['_tag']>({
  Sum: record<Choice<'Sum'>>({ scores: list(score), tie }),
  Chain: record<Choice<'Chain'>>({ keys: list(key), tie }),
})
