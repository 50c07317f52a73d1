/**
 * Building blocks of the codecs for a scheduler configuration. An object accepts only known fields,
 * as in kube-scheduler's strict decoding: otherwise a misspelt setting would be lost without an
 * error.
 */
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { whole, type Decoder } from '../words/decode.js'

type Fields<Value> = { readonly [Key in keyof Value]: Decoder<Value[Key]> }

/** An object with these fields and no others. */
export const closed = <Value extends object>(fields: Fields<Value>): Decoder<Value> => {
  const open = t.type(fields, 'an object') as unknown as Decoder<Value>
  return new t.Type(
    'an object',
    open.is,
    (value, context) => {
      const read = open.validate(value, context)
      const unknown = unknownFields(fields, value).map(
        ([key, found]): t.ValidationError => ({
          value: found,
          context: t.appendContext(context, key, t.unknown, found),
          message: `no field of this name, but ${Object.keys(fields).join(', ')}`,
        }),
      )
      if (unknown.length === 0) return read
      return t.failures([...(E.isLeft(read) ? read.left : []), ...unknown])
    },
    (value) => value,
  )
}

const unknownFields = (fields: object, value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).filter(([key]) => !Object.hasOwn(fields, key))
    : []

/** A field with a default for an absent or `null` value. */
export const or = <Value>(inner: Decoder<Value>, fallback: Value): Decoder<Value> =>
  new t.Type(
    inner.name,
    inner.is,
    (value, context) =>
      value === undefined || value === null ? t.success(fallback) : inner.validate(value, context),
    (value) => value,
  )

/** A whole number that a double holds exactly; kube-scheduler reads 64 bits. */
export const int64: Decoder<number> = whole(
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
  'a whole number below 2^53',
)

/** Exactly this text; an absent or empty text is read as it. */
export const only = (text: string): Decoder<string> =>
  new t.Type(
    text,
    (value): value is string => value === text,
    (value, context) =>
      value === undefined || value === null || value === '' || value === text
        ? t.success(text)
        : t.failure(value, context, shown(text)),
    (value) => value,
  )
