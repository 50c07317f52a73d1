/**
 * The io-ts codecs that readers are built of. The name of a codec is what it expected, in words,
 * and goes into messages as it is.
 */
import * as t from 'io-ts'

/** Reads a value of a hand-written type from an unknown one. */
export type Codec<Value> = t.Type<Value, unknown, unknown>

/** A codec from a function that returns `undefined` for what it refuses. */
export const codecOf = <Value>(
  expected: string,
  read: (value: unknown) => Value | undefined,
): Codec<Value> =>
  new t.Type<Value, unknown, unknown>(
    expected,
    (value): value is Value => read(value) === value,
    (value, context) => {
      const found = read(value)
      return found === undefined ? t.failure(value, context) : t.success(found)
    },
    t.identity,
  )
