/**
 * Implements a token bucket, to limit the rate of launches. The bucket holds at most `burst`
 * tokens, a launch takes one, and `perSecond` tokens come back each second.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas.
 */
import { instant, later, type Instant } from '@stowage/kernel'

/** How fast launches are allowed. */
export interface Rate {
  /** Whole tokens. */
  readonly burst: number
  /** Whole tokens per second. */
  readonly perSecond: number
}

/** A bucket's level at an instant. An earlier instant counts as `at`, so no token is taken back. */
export interface Bucket {
  readonly rate: Rate
  /** Thousandths of a token. */
  readonly level: number
  readonly at: Instant
}

const token = 1000

/** A bucket that holds its whole burst. */
export const fullBucket = (rate: Rate, at: Instant = instant(0)): Bucket => ({
  rate,
  level: rate.burst * token,
  at,
})

/** The bucket at a later instant. One token per second is a thousandth per millisecond. */
const refill = ({ rate, level, at }: Bucket, now: Instant): Bucket => {
  const elapsed = Math.max(0, now - at)
  return {
    rate,
    level: Math.min(rate.burst * token, level + elapsed * rate.perSecond),
    at: later(at, elapsed),
  }
}

/**
 * The bucket after one token was taken; `undefined` when it holds less than one. Levels are whole
 * thousandths of a token, so nothing is ever rounded.
 */
export const takeToken = (bucket: Bucket, now: Instant): Bucket | undefined => {
  const current = refill(bucket, now)
  return current.level < token ? undefined : { ...current, level: current.level - token }
}

/** The first instant from `now` on with a token; Infinity when no token will ever come. */
export const nextToken = (bucket: Bucket, now: Instant): Instant => {
  const current = refill(bucket, now)
  if (current.level >= token) return current.at
  if (bucket.rate.burst < 1 || bucket.rate.perSecond <= 0) return instant(Infinity)
  return later(current.at, Math.ceil((token - current.level) / bucket.rate.perSecond))
}
