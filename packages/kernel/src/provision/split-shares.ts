/**
 * Splits replicas over pools by base and weight: first every pool gets its base, in the order of
 * the list; each further replica goes to the pool that is furthest behind its weight, the first of
 * equals.
 */
import type { PoolShare } from './pool.js'

/**
 * How many of `count` more replicas each pool gets, when it has `before` already; both in the order
 * of the shares. Without any weight above 0 only bases are filled, and the rest goes to the first
 * pool.
 */
export const splitShares = (
  shares: readonly PoolShare[],
  before: readonly number[],
  count: number,
): readonly number[] => {
  const has = [...before]
  for (let i = 0; i < count; i++) has[nextPool(shares, has)]!++
  return has.map((all, i) => all - before[i]!)
}

/** The position of the pool that gets the next replica. */
const nextPool = (shares: readonly PoolShare[], has: readonly number[]): number => {
  const lacking = shares.findIndex(({ base = 0 }, i) => has[i]! < base)
  if (lacking !== -1) return lacking
  let best = 0
  for (const [i, { weight }] of shares.entries())
    if (weight > 0 && (shares[best]!.weight <= 0 || isBehind(shares, has, i, best))) best = i
  return best
}

/** Whether pool `i`, with one replica more beyond its base, is less ahead of its weight. */
const isBehind = (
  shares: readonly PoolShare[],
  has: readonly number[],
  i: number,
  best: number,
): boolean => {
  const after = (at: number): number => has[at]! - (shares[at]!.base ?? 0) + 1
  return after(i) * shares[best]!.weight < after(best) * shares[i]!.weight
}
