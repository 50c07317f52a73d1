/**
 * What the codecs of the files beside the documents are made of. The name of a codec is what it
 * expected, in words.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export const that = <Value>(expected: string, is: t.Is<Value>): t.Type<Value> =>
  new t.Type(
    expected,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )

export const whole = (least: number, most = 1_000_000): t.Type<number> =>
  that(
    `a whole number from ${least} to ${most}`,
    (value): value is number =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
  )

export const optional = <Value>(inner: t.Type<Value>): t.Type<Value | undefined> =>
  new t.Type(
    inner.name,
    (value): value is Value | undefined => value === undefined || inner.is(value),
    (value, context) =>
      value === undefined ? t.success(undefined) : inner.validate(value, context),
    t.identity,
  )

export const object = <Fields extends t.Props>(fields: Fields): t.TypeC<Fields> =>
  t.type(fields, 'an object')

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object without other fields, so that one that is misspelt is missed by nobody. */
export const only = <Fields extends t.Props>(fields: Fields): t.Type<t.TypeOf<t.TypeC<Fields>>> => {
  const inner = object(fields)
  const known = Object.keys(fields)
  const none = that(
    `one of ${known.join(', ')}`,
    (value): value is undefined => value === undefined,
  )
  return new t.Type(
    inner.name,
    inner.is,
    (value, context) => {
      const others = isRecord(value) ? Object.keys(value).filter((key) => !known.includes(key)) : []
      const wrong = others.map((key) => ({
        value: key,
        context: t.appendContext(context, key, none, key),
      }))
      const read = inner.validate(value, context)
      return wrong.length === 0 ? read : E.left([...wrong, ...(E.isLeft(read) ? read.left : [])])
    },
    t.identity,
  )
}

/** What is read in a document, or all that is wrong with it, from `at` on. */
export const decodeAt = <Value>(
  codec: t.Type<Value>,
  { from, value }: SourceDocument,
  at: readonly string[] = [],
): E.Either<readonly DocumentFault[], Value> =>
  E.mapLeft((errors: t.Errors) =>
    errors.map(({ context, value: found }) => ({
      from,
      at: [...at, ...pathIn(context)],
      found: shown(found),
      expected: context[context.length - 1]!.type.name,
    })),
  )(codec.decode(value))

/** The steps to a value; the library writes an index as a string. */
const pathIn = (context: t.Context): readonly (string | number)[] =>
  context.slice(1).map(({ key }, i) => (Array.isArray(context[i]!.actual) ? Number(key) : key))
