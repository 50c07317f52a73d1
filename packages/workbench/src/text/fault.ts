/**
 * Faults: what is wrong with the input, as values. A shell prints them; nothing here throws.
 */
import type { BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

/** One fault: the text and the path in it, what was found there and what was expected. */
export interface InputFault extends BadDocument {
  /** The exception that the platform's API throws for it, such as `ClientException`. */
  readonly exception?: string
}

/** Every fault of one stage of reading; never empty in a `Left`. */
export type Faults = readonly InputFault[]

/** All values, or else the faults of all that failed. */
export const allOrFaults = <Value>(
  results: readonly E.Either<Faults, Value>[],
): E.Either<Faults, readonly Value[]> => {
  const faults = results.flatMap((result) => (E.isLeft(result) ? result.left : []))
  return faults.length > 0
    ? E.left(faults)
    : E.right(results.flatMap((result) => (E.isRight(result) ? [result.right] : [])))
}
