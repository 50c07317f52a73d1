/**
 * Splits replicas over pools by base (a minimum number of replicas) and weight:
 * 1. Each pool gets its base, in the order of the list.
 * 2. The quota method apportions the rest: the next replica goes to the pool with the largest
 *    weight / (count + 1), among the pools below their exact share.
 *
 * So a pool's count is within one replica of its exact share, and never falls when there are more
 * replicas.
 */
import type { PoolShare } from './pool.js'

/**
 * How many of `more` replicas each pool gets beyond those that it has, to reach its share of all;
 * both in the order of the shares. What no weight asks for goes to the first pool.
 */
export const splitShares = (
  shares: readonly PoolShare[],
  has: readonly number[],
  more: number,
): readonly number[] => {
  const targets = sharesOfAll(
    shares,
    has.reduce((sum, count) => sum + count, more),
  )
  let left = more
  const given = targets.map((target, i) => {
    const part = Math.min(Math.max(0, target - has[i]!), left)
    left -= part
    return part
  })
  return given.map((count, i) => (i === 0 ? count + left : count))
}

/** The share of each pool of so many replicas. */
const sharesOfAll = (shares: readonly PoolShare[], all: number): readonly number[] => {
  let left = all
  const bases = shares.map(({ base = 0 }) => {
    const part = Math.min(base, left)
    left -= part
    return part
  })
  const byWeight = quotas(
    shares.map(({ weight }) => weight),
    left,
  )
  return bases.map((base, i) => base + byWeight[i]!)
}

const quotas = (weights: readonly number[], all: number): readonly number[] => {
  const together = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = weights.map(() => 0)
  for (let given = 1; given <= all; given++) {
    const next = nextPool(weights, counts, given, together)
    if (next < 0) break
    counts[next]!++
  }
  return counts
}

/** Products are compared and not quotients, so that equal shares are exactly equal. */
const nextPool = (
  weights: readonly number[],
  counts: readonly number[],
  given: number,
  together: number,
): number =>
  weights.reduce((best, weight, i) => {
    if (counts[i]! * together >= weight * given) return best
    return best < 0 || weight * (counts[best]! + 1) > weights[best]! * (counts[i]! + 1) ? i : best
  }, -1)
