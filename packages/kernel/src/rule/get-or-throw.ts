/**
 * Returns the value of an `Either`, and throws when the `Either` holds an error instead. A caller
 * uses this function where an error would be a mistake of the program.
 */
import type * as E from 'fp-ts/lib/Either.js'
import { renderValue } from './malformed.js'

/**
 * The value of a `Right`. Throws an `Error` with the fault as JSON for a `Left`, which is then a
 * bug of the caller's.
 */
export const getOrThrow = <Value>(made: E.Either<unknown, Value>): Value => {
  // The compiler believes the type; at run time this may be anything.
  const either = made as E.Either<unknown, Value> | { readonly _tag?: unknown } | null | undefined
  if (either?._tag === 'Right') return (either as E.Right<Value>).right
  if (either?._tag === 'Left')
    throw new Error(`stowage: ${JSON.stringify((either as E.Left<unknown>).left)}`)
  throw new Error(`stowage: ${noEither(either)}`)
}

/** What a caller without types handed in, and what to use instead. */
const noEither = (found: { readonly _tag?: unknown } | null | undefined): string =>
  found?._tag === 'Done' || found?._tag === 'Failed'
    ? `this is a Result (${found._tag}): take \`getOrThrow\` from \`@stowage/kernel/plain\``
    : `expected an Either, found ${renderValue(found)}`
