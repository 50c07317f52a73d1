/**
 * The building blocks of the io-ts codecs in this room. The name of a codec says in words what it
 * expects, and error messages print it unchanged. As in the API's own protocol, `null` means
 * absent; unknown fields are ignored.
 */
import * as t from 'io-ts'

/** An io-ts codec that decodes any input to a `Value`. */
export type Codec<Value> = t.Type<Value, unknown, unknown>

/** A codec from a function that returns `undefined` for a value that it does not accept. */
export const reading = <Value>(
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

/** A string that is not empty. */
export const text = (expected: string): Codec<string> =>
  reading(expected, (value) => (typeof value === 'string' && value !== '' ? value : undefined))

/** Any value, unchanged. */
export const anything: Codec<unknown> = t.unknown

/** Any string, also an empty one. */
export const anyText: Codec<string> = reading('a string', (value) =>
  typeof value === 'string' ? value : undefined,
)

/** A boolean. */
export const flag: Codec<boolean> = reading('true or false', (value) =>
  typeof value === 'boolean' ? value : undefined,
)

/** A whole number within inclusive bounds; the caller names the unit. */
export const wholeNumber = <Unit extends number = number>(
  expected: string,
  least: number,
  most = int32Most,
): Codec<Unit> =>
  reading(expected, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? (value as Unit)
      : undefined,
  )

/** The API's integers have 32 bits. */
export const int32Most = 2_147_483_647

/** One of the listed strings. */
export const oneOf = <Value extends string>(values: readonly Value[]): Codec<Value> =>
  reading(`one of ${values.join(', ')}`, (value) => values.find((known) => known === value))

/** Accepts what `inner` accepts, and decodes an absent value or `null` to `undefined`. */
export const optional = <Value>(inner: Codec<Value>): Codec<Value | undefined> =>
  new t.Type<Value | undefined, unknown, unknown>(
    inner.name,
    (value): value is Value | undefined => value === undefined || inner.is(value),
    (value, context) =>
      value === undefined || value === null ? t.success(undefined) : inner.validate(value, context),
    t.identity,
  )

/** A list of at least `least` items. */
export const list = <Item>(
  expected: string,
  item: Codec<Item>,
  least = 0,
): Codec<readonly Item[]> => {
  const items = t.readonlyArray(item, expected)
  return new t.Type<readonly Item[], unknown, unknown>(
    expected,
    items.is,
    (value, context) =>
      Array.isArray(value) && value.length >= least
        ? items.validate(value, context)
        : t.failure(value, context),
    t.identity,
  )
}
