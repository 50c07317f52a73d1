/**
 * What a class asks for, as the loop reads it. The loop knows nodes to be as good as they have two
 * dimensions free, and are evenly taken with the replica on them; all else is left to the functions
 * that judge and score by the book.
 */
import type { Amounts } from '../cluster/column.js'
import type { LoadScore, LoadPointsScore } from '../rule/raw.js'
import type { Holdings } from './holdings.js'
import type { Demand } from './line.js'
import type { Reads } from './reads.js'

export interface Asked {
  /** By dimension: what has to be free, -Infinity where that is not looked at. */
  readonly free: Amounts
  /** The share of two dimensions that stays free: the mean by weight, times the factor. */
  readonly least: Curve
  /** How much evener two dimensions are taken, times the factor. Weights have no say in it. */
  readonly balance: Curve
}

/** Of two dimensions. It does not count where the factor is 0. */
export interface Curve {
  readonly one: number
  readonly other: number
  readonly amount: number
  readonly otherAmount: number
  readonly weight: number
  readonly otherWeight: number
  readonly factor: number
}

export type Curves = Pick<Asked, 'least' | 'balance'>

/** Nothing where the loop does not know what the class looks at. */
export const curvesOf = (reads: Reads): Curves | undefined => {
  const { own, moving, telling, isSmall, isCounted } = reads
  if (!isSmall || isCounted || moving.length > 0) return undefined
  if (own.some(({ _tag }) => _tag !== 'Fit')) return undefined
  let [least, balance] = [none, none]
  for (const { raw, factor } of telling) {
    if (raw._tag !== 'Load') return undefined
    const curve = curveOf(raw, factor)
    if (curve === undefined) return undefined
    if (raw.curve === 'least' && least === none) least = curve
    else if (raw.curve === 'balance-change' && balance === none) balance = curve
    else return undefined
  }
  return { least, balance }
}

const none: Curve = {
  ...{ one: 0, other: 0, amount: 0, otherAmount: 0 },
  ...{ weight: 0, otherWeight: 0, factor: 0 },
}

/** A share of one dimension alone is the mean of it and of itself. */
const curveOf = (
  { curve, parts }: LoadScore | LoadPointsScore,
  factor: number,
): Curve | undefined => {
  const [one, other = curve === 'least' ? one : undefined, ...more] = parts
  if (one === undefined || other === undefined || more.length > 0) return undefined
  return {
    one: one.dimension,
    other: other.dimension,
    amount: one.amount,
    otherAmount: other.amount,
    weight: one.weight,
    otherWeight: other.weight,
    factor,
  }
}

/** Nothing where the holdings do not tell a dimension that is looked at. */
export const askedOf = (
  curves: Curves,
  demand: Demand,
  { width, told }: Pick<Holdings, 'width' | 'told'>,
): Asked | undefined => {
  const dimensions = [
    ...demand.map(([dimension]) => dimension),
    ...[curves.least, curves.balance].flatMap(({ one, other }) => [one, other]),
  ]
  if (dimensions.some((dimension) => dimension >= told)) return undefined
  const free = new Float64Array(width).fill(-Infinity)
  for (const [dimension, amount] of demand) free[dimension] = amount
  return { free, ...curves }
}
