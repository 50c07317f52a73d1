/**
 * Decodes a value or a document with a codec. Translates each error of io-ts to a `DocumentFault`:
 * the path to the wrong part, what was found there, and what was expected.
 */
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import type { DocumentFault, SourceDocument } from '../document/source-document.js'
import type { Path } from '../value/own.js'

/**
 * What a codec reads in a value, or everything that is wrong with it; paths are from the value.
 *
 * @example
 * ```ts
 * import { decodeValue, record, text } from '@stowage/documents'
 *
 * const Name = record<{ readonly name: string }>('an object', { name: text })
 * console.dir(decodeValue(Name, { name: 7 }), { depth: 3 })
 * ```
 * ```text
 * {
 *   _tag: 'Left',
 *   left: [ { at: [ 'name' ], found: '7', expected: 'a string' } ]
 * }
 * ```
 */
export const decodeValue = <Value>(
  codec: t.Decoder<unknown, Value>,
  value: unknown,
): E.Either<readonly MalformedValue[], Value> =>
  pipe(
    codec.decode(value),
    E.mapLeft((errors) => errors.map(malformedOf)),
  )

/** The same for a document, or for a part of one that stands at `path` in it. */
export const decodeDocument = <Value>(
  codec: t.Decoder<unknown, Value>,
  { from, value }: SourceDocument,
  path: Path = [],
): E.Either<readonly DocumentFault[], Value> =>
  pipe(
    decodeValue(codec, value),
    E.mapLeft((faults) => faults.map((fault) => ({ ...fault, from, at: [...path, ...fault.at] }))),
  )

/**
 * The innermost codec is the one that failed. A union or an intersection of io-ts adds a step of
 * its own to the path: the number of the member that failed.
 */
const malformedOf = ({ context, value, message }: t.ValidationError): MalformedValue => ({
  at: context.slice(1).map(({ key }, i) => (Array.isArray(context[i]!.actual) ? Number(key) : key)),
  found: renderValue(value),
  expected: message ?? expectedOf(context),
})

/** io-ts names a struct by its fields, in braces, when nobody gave it a name. */
const expectedOf = (context: t.Context): string => {
  const { name } = context[context.length - 1]!.type
  return name.startsWith('{') ? 'an object' : name
}
