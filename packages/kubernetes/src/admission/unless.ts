/**
 * Builds the errors of the admission checks: one error with path, found and expected value when a
 * condition does not hold, and none when it holds.
 */
import { shown, type Malformed } from '@stowage/kernel'

/** The path of a value in its document. */
export type At = readonly (string | number)[]

/** One error, unless the condition holds. */
export const unless = (
  holds: boolean,
  at: At,
  found: unknown,
  expected: string,
): readonly Malformed[] => (holds ? [] : [{ at, found: shown(found), expected }])

/** What was left out is not wrong. */
export const unlessOneOf = (
  words: readonly string[],
  found: string | undefined,
  at: At,
): readonly Malformed[] =>
  unless(found === undefined || words.includes(found), at, found, `one of ${words.join(', ')}`)
