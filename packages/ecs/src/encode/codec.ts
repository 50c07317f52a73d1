/**
 * Builds codecs for values that occur only in an encoded state (an ECS cluster as plain data): maps
 * written as lists of entries, objects with any keys, and numbers that may be Infinity.
 */
import { codecOf, isObject, list, text, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { infinityText } from './plain.js'

/** A map, encoded as a list of entries. Two entries with the same key are refused. */
export const entries = <Value>(
  expected: string,
  value: Codec<Value>,
): Codec<ReadonlyMap<string, Value>> => {
  const pairs = list(expected, t.tuple([text, value], 'a key and its value'))
  return new t.Type<ReadonlyMap<string, Value>, unknown, unknown>(
    `${expected}, each key once`,
    (given): given is ReadonlyMap<string, Value> => given instanceof Map,
    (given, context) => {
      const read = pairs.validate(given, context)
      if (E.isLeft(read)) return read
      const map = new Map(read.right)
      return map.size === read.right.length ? t.success(map) : t.failure(given, context)
    },
    t.identity,
  )
}

/** An object with any keys. */
export const openRecord = <Value>(
  expected: string,
  value: Codec<Value>,
): Codec<Readonly<Record<string, Value>>> =>
  new t.Type<Readonly<Record<string, Value>>, unknown, unknown>(
    expected,
    (given): given is Readonly<Record<string, Value>> =>
      isObject(given) && Object.values(given).every((field) => value.is(field)),
    (given, context) => {
      if (!isObject(given)) return t.failure(given, context)
      const read = Object.entries(given).map(
        ([key, field]: [string, unknown]) =>
          [key, value.validate(field, t.appendContext(context, key, value, field))] as const,
      )
      const errors = read.flatMap(([, field]) => (E.isLeft(field) ? field.left : []))
      return errors.length > 0
        ? t.failures(errors)
        : t.success(
            Object.fromEntries(
              read.flatMap(([key, field]) => (E.isRight(field) ? [[key, field.right]] : [])),
            ),
          )
    },
    t.identity,
  )

/** Wraps a codec of objects: fields that are `undefined` are left out of the result. */
export const omitUndefined = <Fields extends object, Exact extends object>(
  inner: Codec<Fields>,
): Codec<Exact> =>
  new t.Type<Exact, unknown, unknown>(
    inner.name,
    (given): given is Exact => inner.is(given),
    (given, context) =>
      pipe(
        inner.validate(given, context),
        E.map(
          (fields) =>
            Object.fromEntries(
              Object.entries(fields).filter(([, field]) => field !== undefined),
            ) as Exact,
        ),
      ),
    t.identity,
  )

/** Any number, including Infinity. The caller names the unit by the type. */
export const anyNumber = <Unit extends number = number>(): Codec<Unit> =>
  codecOf(`a number, or ${JSON.stringify(infinityText)}`, (value) => {
    if (value === infinityText) return Infinity as Unit
    return typeof value === 'number' && Number.isFinite(value) ? (value as Unit) : undefined
  })

/** A whole number from 0 to 2^53 - 1. The caller names the unit by the type. */
export const count = <Unit extends number = number>(): Codec<Unit> =>
  codecOf('a whole number, 0 or more', (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? (value as Unit)
      : undefined,
  )
