/** What is wrong where something does not hold: nothing, or one fault. */
import { shown, type Malformed } from '@stowage/kernel'

export type At = readonly (string | number)[]

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
