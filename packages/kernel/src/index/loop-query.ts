/**
 * Translates the rules of a class (a workload as the scheduler sees it) into parameters of the fast
 * scoring loop in `flat-loop.ts`. Returns `undefined` for a class that the loop cannot serve.
 */
import type { LoadPointsScore, LoadScore } from '../rule/raw.js'
import type { ReadSet } from './read-set.js'
import type { Demand } from './structures/block.js'
import type { LoopQuery, PairScore } from './structures/flat-loop.js'
import type { NodeRecords } from './structures/node-records.js'

export type LoopScores = Pick<LoopQuery, 'freeShare' | 'balance'>

/** The scores of a class, or undefined when the loop cannot compute them. */
export const loopScoresOf = (readSet: ReadSet): LoopScores | undefined => {
  const { nodeFilters, nodeScores, valueTerms, isInt16, hasTies } = readSet
  if (!isInt16 || hasTies || nodeScores.length > 0) return undefined
  if (nodeFilters.some(({ _tag }) => _tag !== 'Fit')) return undefined
  let [freeShare, balance] = [noPairScore, noPairScore]
  for (const { raw, factor } of valueTerms) {
    if (raw._tag !== 'Load') return undefined
    const score = pairScoreOf(raw, factor)
    if (score === undefined) return undefined
    if (raw.curve === 'least' && freeShare === noPairScore) freeShare = score
    else if (raw.curve === 'balance-change' && balance === noPairScore) balance = score
    else return undefined
  }
  return { freeShare, balance }
}

const noPairScore: PairScore = {
  first: 0,
  second: 0,
  firstAmount: 0,
  secondAmount: 0,
  firstWeight: 0,
  secondWeight: 0,
  factor: 0,
}

/** A free share of one dimension is written as the mean of this dimension and itself. */
const pairScoreOf = (
  { curve, parts }: LoadScore | LoadPointsScore,
  factor: number,
): PairScore | undefined => {
  const [first, second = curve === 'least' ? first : undefined, ...more] = parts
  if (first === undefined || second === undefined || more.length > 0) return undefined
  return {
    first: first.dimension,
    second: second.dimension,
    firstAmount: first.amount,
    secondAmount: second.amount,
    firstWeight: first.weight,
    secondWeight: second.weight,
    factor,
  }
}

/**
 * Undefined when the node records lack a dimension that the class reads.
 *
 * The loop supports two scores, of at most two dimensions each: the share that stays free, and the
 * change of balance between dimensions. It cannot serve other scores on load, nor a choice among
 * equal nodes by a seeded hash.
 */
export const loopQueryOf = (
  scores: LoopScores,
  demand: Demand,
  { width, dimensionCount }: Pick<NodeRecords, 'width' | 'dimensionCount'>,
): LoopQuery | undefined => {
  const dimensions = [
    ...demand.map(([dimension]) => dimension),
    ...[scores.freeShare, scores.balance].flatMap(({ first, second }) => [first, second]),
  ]
  if (dimensions.some((dimension) => dimension >= dimensionCount)) return undefined
  const freeMin = new Float64Array(width).fill(-Infinity)
  for (const [dimension, amount] of demand) freeMin[dimension] = amount
  return { freeMin, ...scores }
}
