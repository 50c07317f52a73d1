/** Token buckets: never more than the burst and what came back, and nothing withheld. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuted } from '@stowage/testing'
import { fullBucket, nextToken, takeToken, throttled, type Rate } from './bucket.js'

const rate: Rate = { burst: 3, perSecond: 2 }

describe('a bucket', () => {
  it('gives its burst at once, and then as many as come back', () => {
    const [, granted] = throttled(fullBucket(rate), [0, 0, 0, 0, 499, 500, 500, 1000, 1000])
    expect(granted).toEqual([true, true, true, false, false, true, false, true, false])
  })
  it('holds no more than its burst', () => {
    const [, granted] = throttled(fullBucket(rate), [1e9, 1e9, 1e9, 1e9])
    expect(granted).toEqual([true, true, true, false])
  })
  it('says when there will be a token', () => {
    const [empty] = throttled(fullBucket(rate), [0, 0, 0])
    expect(nextToken(empty, 100)).toBe(500)
    expect(nextToken(empty, 700)).toBe(700)
    expect(nextToken(fullBucket({ burst: 0, perSecond: 5 }), 0)).toBe(Infinity)
    expect(nextToken(throttled(fullBucket({ burst: 1, perSecond: 0 }), [0])[0], 9)).toBe(Infinity)
  })
  it('is not filled by a clock that goes back', () => {
    const [, granted] = throttled(fullBucket(rate, 1000), [1000, 1000, 1000, 0, 1000, 1499, 1500])
    expect(granted).toEqual([true, true, true, false, false, false, true])
  })
})

const anyRate = fc.record({ burst: fc.nat(5), perSecond: fc.nat(2000) })
const anyTimes = fc
  .array(fc.nat(3000), { maxLength: 40 })
  .map((times) => times.sort((a, b) => a - b))

/**
 * From the definition, over all pairs of moments: within any time, no more than the burst and what
 * comes back in it.
 */
const neverTooMany = (fold: typeof throttled) =>
  fc.property(anyRate, anyTimes, (any, times) => {
    const [, granted] = fold(fullBucket(any), times)
    const taken = times.filter((_, i) => granted[i])
    return taken.every((from, i) =>
      taken.slice(i).every((to, k) => k + 1 <= any.burst + (any.perSecond * (to - from)) / 1000),
    )
  })

it('never gives more than the burst and what came back, over any stretch of time', () => {
  fc.assert(neverTooMany(throttled))
})
it('is refuted when what comes back is rounded up to whole tokens', () => {
  const generous: typeof throttled = (bucket, times) => {
    let now = bucket
    const granted = times.map((time) => {
      const back = Math.ceil(((time - now.at) * now.rate.perSecond) / 1000) * 1000
      const level = Math.min(now.rate.burst * 1000, now.level + back)
      now = { ...now, at: time, level: level < 1000 ? level : level - 1000 }
      return level >= 1000
    })
    return [now, granted]
  }
  expect(refuted(neverTooMany(generous))).toBe(true)
})
it('is refuted when the burst is no bound', () => {
  const boundless: typeof throttled = (bucket, times) => {
    const wide = { ...bucket, rate: { ...bucket.rate, burst: bucket.rate.burst * 2 + 1 } }
    return throttled(wide, times)
  }
  expect(refuted(neverTooMany(boundless))).toBe(true)
})

/**
 * A bucket that refuses was truly empty: the moment that it names has a token, and the one before
 * it has none.
 */
const waitsNoLongerThanNeeded = (next: typeof nextToken) =>
  fc.property(anyRate, anyTimes, fc.nat(3000), (any, times, now) => {
    const [bucket] = throttled(fullBucket(any), times)
    const when = next(bucket, now)
    if (!Number.isFinite(when)) return takeToken(bucket, 1e12) === undefined
    return (
      takeToken(bucket, when) !== undefined &&
      (when <= Math.max(now, bucket.at) || takeToken(bucket, when - 1) === undefined)
    )
  })

it('names the first moment at which there is a token', () => {
  fc.assert(waitsNoLongerThanNeeded(nextToken))
})
it('is refuted when a second is always waited', () => {
  const sleepy: typeof nextToken = (bucket, now) =>
    nextToken(bucket, now) === now ? now : Math.max(bucket.at, now) + 1000
  expect(refuted(waitsNoLongerThanNeeded(sleepy))).toBe(true)
})
