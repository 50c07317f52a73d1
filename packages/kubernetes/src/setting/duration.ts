/**
 * Parses durations in Go's notation, such as `90s`, `1h30m` or `1.5s`.
 *
 * Source: Go documentation, package time, ParseDuration.
 */
import { codecOf, type Codec } from '@stowage/documents'

/** A duration with the text that it was read from. */
export interface Duration {
  readonly text: string
  readonly seconds: number
}

const units: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['μs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
])

const durationPattern = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/

/** `undefined` when the text is no duration. A unit may occur more than once, and in any order. */
const parseDuration = (text: string): Duration | undefined => {
  if (!durationPattern.test(text)) return undefined
  const seconds = [
    ...text.replace(/^[+-]/, '').matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy),
  ].reduce((sum, [, number, unit]) => sum + Number(number) * (units.get(unit ?? '') ?? 0), 0)
  return { text, seconds: text.startsWith('-') && seconds !== 0 ? -seconds : seconds }
}

export const Duration: Codec<Duration> = codecOf(
  'a duration, such as 10s, 1m30s or 500ms',
  (value) => (typeof value === 'string' ? parseDuration(value) : undefined),
)

/** A duration of so many seconds. */
export const seconds = (count: number): Duration => ({ text: `${count}s`, seconds: count })
