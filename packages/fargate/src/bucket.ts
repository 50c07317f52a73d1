/**
 * A token bucket: it holds at most `burst` tokens, a launch takes one, and `perSecond` come back
 * every second. Times are whole milliseconds of the caller's clock. Levels are whole thousandths of
 * a token, so that nothing is ever rounded.
 *
 * Source: Amazon ECS Developer Guide, AWS Fargate throttling quotas.
 */

export interface Rate {
  /** Whole tokens. */
  readonly burst: number
  /** Whole tokens per second. */
  readonly perSecond: number
}

/** A level at a moment. Moments that lie before `at` count as `at`: tokens are never taken back. */
export interface Bucket {
  readonly rate: Rate
  /** Thousandths of a token. */
  readonly level: number
  /** Milliseconds. */
  readonly at: number
}

const token = 1000

export const fullBucket = (rate: Rate, at = 0): Bucket => ({ rate, level: rate.burst * token, at })

/** What is in it at a later moment: a token per second is a thousandth of it per millisecond. */
const filled = ({ rate, level, at }: Bucket, now: number): Bucket => {
  const later = Math.max(at, now)
  return {
    rate,
    level: Math.min(rate.burst * token, level + (later - at) * rate.perSecond),
    at: later,
  }
}

/**
 * The bucket after a token was taken at this moment; nothing, when there is not a whole one in it.
 */
export const takeToken = (bucket: Bucket, now: number): Bucket | undefined => {
  const then = filled(bucket, now)
  return then.level < token ? undefined : { ...then, level: then.level - token }
}

/**
 * The first moment, from `now` on, at which there is a token to take; never, for a bucket that
 * stays empty.
 */
export const nextToken = (bucket: Bucket, now: number): number => {
  const then = filled(bucket, now)
  if (then.level >= token) return then.at
  if (bucket.rate.burst < 1 || bucket.rate.perSecond <= 0) return Infinity
  return then.at + Math.ceil((token - then.level) / bucket.rate.perSecond)
}

/**
 * Which of these launches find a token, in the order in which they are asked for, and the bucket
 * after them.
 */
export const throttled = (
  bucket: Bucket,
  times: readonly number[],
): readonly [after: Bucket, answer: readonly boolean[]] => {
  let now = bucket
  const granted = times.map((time) => {
    const after = takeToken(now, time)
    now = after ?? now
    return after !== undefined
  })
  return [now, granted]
}
