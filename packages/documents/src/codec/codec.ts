/**
 * Makes an io-ts codec from a function that returns `undefined` for values that it refuses. The
 * name of each codec says in words what it expects, and error messages quote that name as it is.
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
