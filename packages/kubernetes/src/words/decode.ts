/**
 * Building blocks of the io-ts codecs. An error has a path, what was found and what was expected.
 * `null` equals an absent field, as in the API server.
 */
import { byCodeUnit, shown, type Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** A codec that decodes any value. */
export type Decoder<Value> = t.Type<Value, unknown, unknown>

const kept = (value: unknown): unknown => value

/** A codec from a function that returns `undefined` when the value is not what is `expected`. */
export const decoder = <Value>(
  expected: string,
  is: (value: unknown) => value is Value,
  read: (value: unknown) => Value | undefined,
): Decoder<Value> =>
  new t.Type(
    expected,
    is,
    (value, context) => {
      const found = read(value)
      return found === undefined ? t.failure(value, context, expected) : t.success(found)
    },
    kept,
  )

const isText = (value: unknown): value is string => typeof value === 'string'
export const text: Decoder<string> = decoder('a string', isText, (value) =>
  isText(value) ? value : undefined,
)

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
export const flag: Decoder<boolean> = decoder('true or false', isFlag, (value) =>
  isFlag(value) ? value : undefined,
)

/** A whole number from `least` to `most`; `what` describes it in errors. */
export const whole = (least: number, most: number, what: string): Decoder<number> => {
  const is = (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
  return decoder(what, is, (value) => (is(value) ? value : undefined))
}

export const count: Decoder<number> = whole(0, 2_147_483_647, 'a whole number, 0 or more')
export const port: Decoder<number> = whole(0, 65_535, 'a port from 0 to 65535')
export const int32: Decoder<number> = whole(
  -2_147_483_648,
  2_147_483_647,
  'a whole number of 32 bits',
)

/** A field that may be absent or `null`. */
export const optional = <Value>(inner: Decoder<Value>): Decoder<Value | undefined> =>
  new t.Type(
    inner.name,
    (value): value is Value | undefined => value === undefined || inner.is(value),
    (value, context) =>
      value === undefined || value === null ? t.success(undefined) : inner.validate(value, context),
    kept,
  )

/** A list; an absent list is empty. */
export const list = <Value>(inner: Decoder<Value>): Decoder<readonly Value[]> => {
  const items = t.readonlyArray(inner, 'a list')
  return new t.Type(
    'a list',
    items.is,
    (value, context) =>
      value === undefined || value === null
        ? t.success([])
        : Array.isArray(value)
          ? items.validate(value, context)
          : t.failure(value, context, 'a list'),
    kept,
  )
}

/**
 * An object read as a `Map` with its keys in code-unit order, so that a key such as `__proto__` is
 * an ordinary key and the order in the document does not matter. An absent object is empty.
 */
export const dictionary = <Value>(inner: Decoder<Value>): Decoder<ReadonlyMap<string, Value>> =>
  new t.Type<ReadonlyMap<string, Value>, unknown>(
    'an object',
    (value): value is ReadonlyMap<string, Value> => value instanceof Map,
    (value, context) => {
      if (value === undefined || value === null) return t.success(new Map())
      if (typeof value !== 'object' || Array.isArray(value))
        return t.failure(value, context, 'an object')
      const read = Object.entries(value)
        .sort(([a], [b]) => byCodeUnit(a, b))
        .map(
          ([key, item]) =>
            [key, inner.validate(item, t.appendContext(context, key, inner, item))] as const,
        )
      const errors = read.flatMap(([, item]) => (E.isLeft(item) ? item.left : []))
      if (errors.length > 0) return t.failures(errors)
      return t.success(
        new Map(read.flatMap(([key, item]) => (E.isRight(item) ? [[key, item.right]] : []))),
      )
    },
    kept,
  )

/** Decodes a value; a `Left` has every error in it. */
export const decode = <Value>(
  codec: Decoder<Value>,
  value: unknown,
): E.Either<readonly Malformed[], Value> =>
  E.mapLeft((errors: t.Errors) => errors.map(malformed))(codec.decode(value))

const malformed = ({ context, value, message }: t.ValidationError): Malformed => ({
  at: context.slice(1).map(({ key }, i) => (Array.isArray(context[i]!.actual) ? Number(key) : key)),
  found: shown(value),
  expected: message ?? expectedOf(context),
})

/**
 * A failure without a message is named after the innermost codec. An object codec has no name of
 * its own; it fails without a message only if the value is not an object.
 */
const expectedOf = (context: t.Context): string => {
  const { name } = context[context.length - 1]!.type
  return name.startsWith('{') ? 'an object' : name
}
