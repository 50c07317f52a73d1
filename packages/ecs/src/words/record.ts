/**
 * Builds the io-ts codec of an interface from the codecs of its fields. It reads only a value's own
 * properties, so that `__proto__` is a field like any other, and the decoded value has only the
 * fields of the interface.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Codec } from './codec.js'

/** A codec from one codec per field, each of exactly the type of its field. */
export const record = <Fields extends object>(
  expected: string,
  fields: { readonly [Key in keyof Fields]-?: Codec<Fields[Key]> },
): Codec<Fields> => {
  const codecs: readonly (readonly [string, Codec<unknown>])[] = Object.entries(fields)
  return new t.Type<Fields, unknown, unknown>(
    expected,
    (value): value is Fields =>
      isObject(value) && codecs.every(([key, codec]) => codec.is(own(value, key))),
    (value, context) => {
      if (!isObject(value)) return t.failure(value, context)
      const read = codecs.map(([key, codec]) => {
        const field = own(value, key)
        return [key, codec.validate(field, t.appendContext(context, key, codec, field))] as const
      })
      const errors = read.flatMap(([, field]) => (E.isLeft(field) ? field.left : []))
      if (errors.length > 0) return t.failures(errors)
      return t.success(Object.fromEntries(read.flatMap(rightOf)) as Fields)
    },
    t.identity,
  )
}

const rightOf = ([key, field]: readonly [string, t.Validation<unknown>]) =>
  E.isRight(field) ? [[key, field.right] as const] : []

/** True for an object that is no array. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A property of the object itself, never of its prototype. */
export const own = (value: object, key: string | number): unknown =>
  Object.hasOwn(value, key) ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined
