/**
 * What is wrong with a text that was parsed: from which character on, counted from 0 in code units,
 * and what was expected there.
 */
import * as E from 'fp-ts/lib/Either.js'

/** What is wrong with a text: the position, in UTF-16 units from 0, and what was expected there. */
export interface TextFault {
  readonly at: number
  readonly found: string
  readonly expected: string
}

/** What was read of a text, and where it goes on; or what is wrong with it. */
export type TextRead<Value> = E.Either<TextFault, readonly [value: Value, next: number]>

/** `length` characters of the text are not what was expected there. */
export const unlike = (
  text: string,
  at: number,
  length: number,
  expected: string,
): E.Either<TextFault, never> => {
  const found = text.slice(at, at + length)
  return E.left({ at, found: found === '' ? 'the end' : JSON.stringify(found), expected })
}

/** What is made of what was read. */
export const mapRead = <From, To>(read: TextRead<From>, make: (value: From) => To): TextRead<To> =>
  E.isLeft(read) ? read : E.right([make(read.right[0]), read.right[1]])
