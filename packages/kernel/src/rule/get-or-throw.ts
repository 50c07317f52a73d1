/**
 * Returns the value of an `Either`, and throws when it holds an error instead. For callers who have
 * made sure that there is a value.
 */
import * as E from 'fp-ts/lib/Either.js'

/**
 * The value of a `Right`. Throws an `Error` with the fault as JSON for a `Left`, which is then a
 * bug of the caller's.
 */
export const getOrThrow = <Value>(made: E.Either<unknown, Value>): Value => {
  if (E.isRight(made)) return made.right
  throw new Error(`stowage: ${JSON.stringify(made.left)}`)
}
