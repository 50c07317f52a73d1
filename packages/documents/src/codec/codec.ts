/**
 * Builds an io-ts codec from a reading function, which returns `undefined` for a value that it
 * refuses. The name of the codec says in words what is expected, such as "a list", and error
 * messages quote it.
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
