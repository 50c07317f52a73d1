/**
 * What a caller has made certain beforehand, such as a node of a new name or a class of known
 * words. A `Left` there is a mistake of the caller's, not an answer, and throws.
 */
import * as E from 'fp-ts/lib/Either.js'

export const getOrThrow = <Value>(made: E.Either<unknown, Value>): Value => {
  if (E.isRight(made)) return made.right
  throw new Error(`stowage: ${JSON.stringify(made.left)}`)
}
