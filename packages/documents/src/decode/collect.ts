/**
 * Combines the results of several decodings: returns all values when all decodings succeeded, else
 * the faults of all that failed, not only the first (known as applicative validation).
 */
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

/**
 * Every value, or every fault, in the order of the readings. It equals `sequence` with fp-ts's
 * validation applicative, in linear time.
 */
export const collectAll = <Fault, Value>(
  readings: readonly E.Either<readonly Fault[], Value>[],
): E.Either<readonly Fault[], readonly Value[]> => {
  const { left, right } = RA.separate(readings)
  return left.length > 0 ? E.left(left.flat()) : E.right(right)
}
