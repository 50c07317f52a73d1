/**
 * Defines the result of parsing a query or a pattern: the value with the next position, or an error
 * with its position and what was expected there. Also builds such results. Positions are UTF-16
 * code units from 0.
 */
import * as E from 'fp-ts/lib/Either.js'

/** What is wrong with a text: the position, in UTF-16 units from 0, and what was expected there. */
export interface TextFault {
  readonly at: number
  readonly found: string
  readonly expected: string
}

/** The parsed value and the position behind it, or a fault. */
export type TextRead<Value> = E.Either<TextFault, readonly [value: Value, next: number]>

/** The fault that `length` characters at a position are not what was expected. */
export const unlike = (
  text: string,
  at: number,
  length: number,
  expected: string,
): E.Either<TextFault, never> => {
  const found = text.slice(at, at + length)
  return E.left({ at, found: found === '' ? 'the end' : JSON.stringify(found), expected })
}

/** Maps the parsed value and keeps the position. */
export const mapRead = <From, To>(read: TextRead<From>, make: (value: From) => To): TextRead<To> =>
  E.isLeft(read) ? read : E.right([make(read.right[0]), read.right[1]])
