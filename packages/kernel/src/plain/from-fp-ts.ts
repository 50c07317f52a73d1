/**
 * Converts the results of fp-ts for callers without it: an Either to a `Result` and back, an Option
 * to a value or `undefined`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as O from 'fp-ts/lib/Option.js'
import type { Result } from './result.js'

/** An Either as a `Result`. */
export const resultOf = <Value, Wrong>(made: E.Either<Wrong, Value>): Result<Value, Wrong> =>
  made._tag === 'Right' ? { _tag: 'Done', value: made.right } : { _tag: 'Failed', fault: made.left }

/** A `Result` as an Either. */
export const eitherOf = <Value, Wrong>(result: Result<Value, Wrong>): E.Either<Wrong, Value> =>
  result._tag === 'Done' ? E.right(result.value) : E.left(result.fault)

/** An Option as a value or `undefined`. */
export const valueOf = <Value>(found: O.Option<Value>): Value | undefined =>
  found._tag === 'Some' ? found.value : undefined
