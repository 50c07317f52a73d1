/**
 * Tests token buckets: they give out no more than the burst and the refilled tokens, and no less.
 */
import { instant, type Instant } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { fullBucket, nextToken, takeToken, type Bucket, type Rate } from './bucket.js'

const rate: Rate = { burst: 3, perSecond: 2 }
const times = (...all: readonly number[]): readonly Instant[] => all.map(instant)

/** Takes a token at each instant in turn: the bucket afterwards, and who got a token. */
const takeTokens = (
  bucket: Bucket,
  times: readonly Instant[],
): readonly [after: Bucket, answer: readonly boolean[]] => {
  let last = bucket
  const answer = times.map((time) => {
    const after = takeToken(last, time)
    last = after ?? last
    return after !== undefined
  })
  return [last, answer]
}

describe('a bucket', () => {
  it('gives its burst at once, and then as many as come back', () => {
    const [, granted] = takeTokens(fullBucket(rate), times(0, 0, 0, 0, 499, 500, 500, 1000, 1000))
    expect(granted).toEqual([true, true, true, false, false, true, false, true, false])
  })
  it('holds no more than its burst', () => {
    const [, granted] = takeTokens(fullBucket(rate), times(1e9, 1e9, 1e9, 1e9))
    expect(granted).toEqual([true, true, true, false])
  })
  it('says when there will be a token', () => {
    const [empty] = takeTokens(fullBucket(rate), times(0, 0, 0))
    expect(nextToken(empty, instant(100))).toBe(500)
    expect(nextToken(empty, instant(700))).toBe(700)
    expect(nextToken(fullBucket({ burst: 0, perSecond: 5 }), instant(0))).toBe(Infinity)
    expect(
      nextToken(takeTokens(fullBucket({ burst: 1, perSecond: 0 }), times(0))[0], instant(9)),
    ).toBe(Infinity)
  })
  it('is not filled by a clock that goes back', () => {
    const [, granted] = takeTokens(
      fullBucket(rate, instant(1000)),
      times(1000, 1000, 1000, 0, 1000, 1499, 1500),
    )
    expect(granted).toEqual([true, true, true, false, false, false, true])
  })
})

const anyRate = fc.record({ burst: fc.nat(5), perSecond: fc.nat(2000) })
const anyTimes = fc
  .array(fc.nat(3000), { maxLength: 40 })
  .map((all) => all.sort((a, b) => a - b).map(instant))

/**
 * From the definition, over all pairs of moments: within any time, no more than the burst and what
 * comes back in it.
 */
const neverTooMany = (fold: typeof takeTokens) =>
  fc.property(anyRate, anyTimes, (any, at) => {
    const [, granted] = fold(fullBucket(any), at)
    const taken = at.filter((_, i) => granted[i])
    return taken.every((from, i) =>
      taken.slice(i).every((to, k) => k + 1 <= any.burst + (any.perSecond * (to - from)) / 1000),
    )
  })

it('never gives more than the burst and what came back, over any stretch of time', () => {
  fc.assert(neverTooMany(takeTokens))
})
it('is refuted when what comes back is rounded up to whole tokens', () => {
  const generous: typeof takeTokens = (bucket, times) => {
    let now = bucket
    const granted = times.map((time) => {
      const back = Math.ceil(((time - now.at) * now.rate.perSecond) / 1000) * 1000
      const level = Math.min(now.rate.burst * 1000, now.level + back)
      now = { ...now, at: time, level: level < 1000 ? level : level - 1000 }
      return level >= 1000
    })
    return [now, granted]
  }
  expect(isRefuted(neverTooMany(generous))).toBe(true)
})
it('is refuted when the burst is no bound', () => {
  const boundless: typeof takeTokens = (bucket, times) => {
    const wide = { ...bucket, rate: { ...bucket.rate, burst: bucket.rate.burst * 2 + 1 } }
    return takeTokens(wide, times)
  }
  expect(isRefuted(neverTooMany(boundless))).toBe(true)
})

/**
 * A bucket that refuses was truly empty: the moment that it names has a token, and the one before
 * it has none.
 */
const waitsNoLongerThanNeeded = (next: typeof nextToken) =>
  fc.property(anyRate, anyTimes, fc.nat(3000), (any, times, now) => {
    const [bucket] = takeTokens(fullBucket(any), times)
    const when = next(bucket, instant(now))
    if (!Number.isFinite(when)) return takeToken(bucket, instant(1e12)) === undefined
    return (
      takeToken(bucket, when) !== undefined &&
      (when <= Math.max(now, bucket.at) || takeToken(bucket, instant(when - 1)) === undefined)
    )
  })

it('names the first moment at which there is a token', () => {
  fc.assert(waitsNoLongerThanNeeded(nextToken))
})
it('is refuted when a second is always waited', () => {
  const sleepy: typeof nextToken = (bucket, now) =>
    instant(nextToken(bucket, now) === now ? now : Math.max(bucket.at, now) + 1000)
  expect(isRefuted(waitsNoLongerThanNeeded(sleepy))).toBe(true)
})
