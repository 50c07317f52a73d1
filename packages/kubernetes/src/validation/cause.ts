/**
 * Builds the causes for which the API server refuses an object as invalid. A cause has the path of
 * the value, the name of the field as the API server writes it (such as
 * `spec.resources.requests[cpu]`), what was found and what was expected.
 */
import { pathOf, renderValue, type MalformedValue } from '@stowage/kernel'

/** A step of a path. A key of a map is written in brackets by the API server. */
export type Step = string | number | { readonly key: string }

/** A path in an object. */
export type Place = readonly Step[]

/** One cause. */
export interface Cause extends MalformedValue {
  /** The field as the API server names it, such as `spec.resources.requests[cpu]`. */
  readonly field: string
  /**
   * Whether a plan does without this cause: the field is one that scheduling does not read, or
   * another cause says the same.
   */
  readonly isMinor: boolean
}

/** One cause; the API server names it by `field`. */
export const cause = (
  at: Place,
  found: unknown,
  expected: string,
  field: Place = at,
  isMinor = false,
): Cause => ({
  at: at.map((step) => (typeof step === 'object' ? step.key : step)),
  field: fieldOf(field),
  found: renderValue(found),
  expected,
  isMinor,
})

/** One cause, unless the condition holds. */
export const unless = (
  holds: boolean,
  at: Place,
  found: unknown,
  expected: string,
  field: Place = at,
): readonly Cause[] => (holds ? [] : [cause(at, found, expected, field)])

/** What was left out is not wrong. */
export const unlessOneOf = (
  words: readonly string[],
  found: string | undefined,
  at: Place,
  field: Place = at,
): readonly Cause[] =>
  unless(
    found === undefined || words.includes(found),
    at,
    found,
    `one of ${words.join(', ')}`,
    field,
  )

/** One cause when a number is below 0. */
export const unlessNegative = (found: number | undefined, at: Place): readonly Cause[] =>
  unless(found === undefined || found >= 0, at, found, '0 or more')

/** One cause when a text that scheduling does not read is missing or empty. */
export const unlessMissing = (found: string | undefined, at: Place): readonly Cause[] =>
  found === undefined || found === '' ? [cause(at, found, 'a text', at, true)] : []

/** A path as the API server writes it. */
export const fieldOf = (place: Place): string =>
  place.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    if (typeof step === 'object') return `${text}[${step.key}]`
    return text === '' ? step : `${text}.${step}`
  }, '')

/** A cause in one line. */
export const causeText = ({ at, found, expected }: Cause): string =>
  `${pathOf(at)}: found ${found}, expected ${expected}`
