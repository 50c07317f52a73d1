/**
 * Defines codecs of single values: strings, booleans, whole numbers in a range, and enumerations of
 * strings.
 */
import { codecOf, type Codec } from './codec.js'

/** Any text, the empty one included. */
export const text: Codec<string> = codecOf('a string', (value) =>
  typeof value === 'string' ? value : undefined,
)

/** A text with at least one character. */
export const nonEmptyText = (expected: string): Codec<string> =>
  codecOf(expected, (value) => (typeof value === 'string' && value !== '' ? value : undefined))

/** `true` or `false`; no text stands for either. */
export const flag: Codec<boolean> = codecOf('true or false', (value) =>
  typeof value === 'boolean' ? value : undefined,
)

/** The largest integer of 32 bits with a sign, as the APIs of AWS and Kubernetes have them. */
export const int32Max = 2_147_483_647

/** A whole number from `min` to `max`, both included; the caller names the unit. */
export const whole = <Unit extends number = number>(
  expected: string,
  min: number,
  max = int32Max,
): Codec<Unit> =>
  codecOf(expected, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? (value as Unit)
      : undefined,
  )

/** One of a few texts. */
export const oneOf = <Value extends string>(values: readonly Value[]): Codec<Value> =>
  codecOf(`one of ${values.join(', ')}`, (value) => values.find((each) => each === value))
