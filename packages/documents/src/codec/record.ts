/**
 * Builds codecs of objects with fixed fields, one codec for each field of a TypeScript interface.
 * `record` ignores unknown fields; `closedRecord` refuses them. Only own properties are read.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isObject, own } from '../value/own.js'
import type { Codec } from './codec.js'

/** A codec for each field of an interface, of exactly that field's type. */
export type FieldCodecs<Fields> = {
  readonly [Key in keyof Fields]-?: Codec<Fields[Key]>
}

/**
 * An object with these fields; any others are ignored. The result has only the fields of the
 * interface.
 */
export const record = <Fields extends object>(
  expected: string,
  fields: FieldCodecs<Fields>,
): Codec<Fields> => {
  const codecs: readonly (readonly [string, Codec<unknown>])[] = Object.entries(fields)
  const members = codecs.map(([key, codec]) => ({ key, codec, absent: codec.decode(undefined) }))
  return new t.Type<Fields, unknown, unknown>(
    expected,
    (value): value is Fields =>
      isObject(value) && members.every(({ key, codec }) => codec.is(own(value, key))),
    (value, context) =>
      isObject(value) ? readMembers<Fields>(members, value, context) : t.failure(value, context),
    t.identity,
  )
}

/** One field of a record. */
interface Member {
  readonly key: string
  readonly codec: Codec<unknown>
  /** What the codec reads when the field is absent: computed once, as most fields are. */
  readonly absent: t.Validation<unknown>
}

/** Reads every member, and collects the errors of all of them. */
const readMembers = <Fields>(
  members: readonly Member[],
  value: object,
  context: t.Context,
): t.Validation<Fields> => {
  const fields: Record<string, unknown> = {}
  const errors: t.ValidationError[] = []
  for (const { key, codec, absent } of members) {
    const field = own(value, key)
    const read =
      field === undefined && E.isRight(absent)
        ? absent
        : codec.validate(field, t.appendContext(context, key, codec, field))
    if (E.isLeft(read)) for (const one of read.left) errors.push(one)
    else fields[key] = read.right
  }
  return errors.length > 0 ? t.failures(errors) : t.success(fields as Fields)
}

/**
 * An object with these fields and no others, so that a misspelt field is an error. Its faults come
 * after those of the known fields. `unknownField` words them.
 */
export const closedRecord = <Fields extends object>(
  expected: string,
  fields: FieldCodecs<Fields>,
  unknownField: UnknownField = otherFields,
): Codec<Fields> => {
  const open = record(expected, fields)
  const names = Object.keys(fields)
  return new t.Type<Fields, unknown, unknown>(
    expected,
    open.is,
    (value, context) => {
      const read = open.validate(value, context)
      const errors = unknownKeys(value, names).map(([key, found]) => {
        const { expected: message, ...error } = unknownField(key, found, names)
        return { ...error, context: t.appendContext(context, key, t.unknown, found), message }
      })
      if (errors.length === 0) return read
      return t.failures([...(E.isLeft(read) ? read.left : []), ...errors])
    },
    t.identity,
  )
}

/** What a fault shows as found, and what it expected, for a field of the wrong name. */
export type UnknownField = (
  key: string,
  value: unknown,
  names: readonly string[],
) => { readonly value: unknown; readonly expected: string }

const otherFields: UnknownField = (_, value, names) => ({
  value,
  expected: `no field of this name, but ${names.join(', ')}`,
})

const unknownKeys = (
  value: unknown,
  names: readonly string[],
): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value).filter(([key]) => !names.includes(key)) : []
