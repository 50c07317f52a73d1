/**
 * Tests how replicas are split over pools: first each pool gets its base (a minimum number), in
 * order; the rest follows the weights as nearly as whole numbers allow.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PoolShare } from './pool.js'
import { splitShares } from './split-shares.js'

const anyShares = fc
  .array(fc.record({ base: fc.nat(4), weight: fc.nat(5) }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((share, i): PoolShare => ({ pool: `p${i}`, ...share })))
  .filter((shares) => shares.some(({ weight }) => weight > 0))

const nothing = (shares: readonly PoolShare[]): readonly number[] => shares.map(() => 0)
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)

/** Each pool has its base, or the rest of them where they run out, and its share of the others. */
const isFair = (split: typeof splitShares) =>
  fc.property(anyShares, fc.nat(60), (shares, count) => {
    const given = split(shares, nothing(shares), count)
    expect(sum(given)).toBe(count)
    let left = count
    const bases = shares.map(({ base = 0 }) => {
      const part = Math.min(base, left)
      left -= part
      return part
    })
    const together = shares.reduce((all, { weight }) => all + weight, 0)
    for (const [i, { weight }] of shares.entries()) {
      const beyond = given[i]! - bases[i]!
      expect(Math.abs(beyond * together - weight * left)).toBeLessThan(together)
    }
  })

const growsAlone = (split: typeof splitShares) =>
  fc.property(anyShares, fc.nat(60), (shares, count) => {
    const [some, more] = [count, count + 1].map((all) => split(shares, nothing(shares), all))
    expect(more!.every((part, i) => part >= some![i]!)).toBe(true)
  })

/** In several calls as in one, when nothing is lost between them. */
const addsUp = (split: typeof splitShares) =>
  fc.property(anyShares, fc.array(fc.nat(9), { maxLength: 6 }), (shares, parts) => {
    const has = parts.reduce<readonly number[]>(
      (before, part) => split(shares, before, part).map((count, i) => count + before[i]!),
      nothing(shares),
    )
    expect(has).toEqual(split(shares, nothing(shares), sum(parts)))
  })

describe('the shares of pools', () => {
  it('are fair', () => fc.assert(isFair(splitShares)))
  it('only grow', () => fc.assert(growsAlone(splitShares)))
  it('add up', () => fc.assert(addsUp(splitShares)))

  const perCall: typeof splitShares = (shares, _, more) =>
    splitShares(shares, nothing(shares), more)
  const withoutBase: typeof splitShares = (shares, has, more) =>
    splitShares(
      shares.map((share) => ({ ...share, base: 0 })),
      has,
      more,
    )
  const rounded: typeof splitShares = (shares, has, more) => {
    const together = shares.reduce((all, { weight }) => all + weight, 0)
    const counts = shares.map(({ weight }) => Math.round((weight * more) / together))
    return counts.map((count, i) => (i === 0 ? count + more - sum(counts) : count) + has[i]! * 0)
  }
  it.each<[string, typeof splitShares]>([
    ['bases are forgotten', withoutBase],
    ['each share is rounded', rounded],
  ])('are not fair when %s', (_, broken) => {
    expect(isRefuted(isFair(broken))).toBe(true)
  })
  it('do not only grow when each share is rounded', () => {
    expect(isRefuted(growsAlone(rounded))).toBe(true)
  })
  it('do not add up when every call begins anew', () => {
    expect(isRefuted(addsUp(perCall))).toBe(true)
  })

  it('give what no weight asks for to the first pool', () => {
    const shares = [
      { pool: 'a', base: 1, weight: 0 },
      { pool: 'b', base: 1, weight: 0 },
    ]
    expect(splitShares(shares, [0, 0], 5)).toEqual([4, 1])
  })
  it('catch up for a pool that lost some', () => {
    const shares = [
      { pool: 'a', weight: 1 },
      { pool: 'b', weight: 1 },
    ]
    expect(splitShares(shares, [3, 0], 2)).toEqual([0, 2])
  })
})
