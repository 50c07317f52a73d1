/**
 * Combines the results of several decodings (applicative validation). Returns all values when all
 * decodings succeeded, otherwise the errors of all that failed.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

/**
 * Every value, or every fault, in the order of the readings. It equals `sequence` with fp-ts's
 * validation applicative, in linear time. The readings of a tuple may have values of several types.
 */
export const collectAll = <Fault, Values extends readonly unknown[] | []>(
  readings: readonly E.Either<readonly Fault[], unknown>[] & {
    readonly [Index in keyof Values]: E.Either<unknown, Values[Index]>
  },
): E.Either<readonly Fault[], Readonly<Values>> => {
  const { left, right } = RA.separate<readonly Fault[], unknown>(readings)
  return left.length > 0 ? E.left(left.flat()) : E.right(right as unknown as Readonly<Values>)
}
