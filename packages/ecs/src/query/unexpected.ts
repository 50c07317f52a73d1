/** Creates the error that the query parser returns for an unexpected token. */
import * as E from 'fp-ts/lib/Either.js'
import { unlike, type TextFault } from '../pattern/fault.js'
import type { QueryToken } from './token.js'

/** A `Left` that names the token and what was expected; unclosed and double quotes get a hint. */
export const unexpectedToken = (
  text: string,
  token: QueryToken,
  expected: string,
): E.Either<TextFault, never> => {
  if (token.kind !== 'stray') return unlike(text, token.at, token.next - token.at, expected)
  if (token.text === "'") return unlike(text, token.at, text.length, "a ' that closes the quotes")
  return unlike(text, token.at, 1, `${expected}; quotes are single ones`)
}
