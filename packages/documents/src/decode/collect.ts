/** Applicative validation: several readings at once, and the faults of all that failed. */
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
