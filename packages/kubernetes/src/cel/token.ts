/**
 * Splits a CEL expression into tokens (lexical analysis): names, literals, operators such as `&&`,
 * and the end. A literal that this package does not evaluate, such as bytes, is an error that says
 * which kind of literal it is.
 *
 * Source: the Common Expression Language specification, "Syntax".
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Literal } from './expression.js'
import { intMax } from './number.js'
import { readString } from './text-literal.js'

/** A token, with its position in the text for messages. */
export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'mark'; readonly text: string; readonly at: number }
  | { readonly kind: 'literal'; readonly value: Literal; readonly at: number }
  | { readonly kind: 'end'; readonly at: number }

/** Longer marks come first, so that `<=` is not read as `<`. */
const marks = [
  ...['&&', '||', '==', '!=', '<=', '>=', '.?', '[?'],
  ...['(', ')', '[', ']', '{', '}', '.', ',', '?', ':', '+', '-', '*', '/', '%', '!', '<', '>'],
] as const

const spaceShape = /^(?:[\t\n\f\r ]+|\/\/[^\n]*)+/
const nameShape = /^[A-Za-z_][A-Za-z_0-9]*/
const numberShape = /^(?:0x[0-9A-Fa-f]+|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?)([uU]?)/
const textShape = /^([rR]?)("""|'''|"|')/
const bytesShape = /^[bB][rR]?["']|^[rR][bB]["']/

/** The tokens of an expression, the last of them the end; a `Left` says what is not understood. */
export const tokensOf = (source: string): E.Either<string, readonly Token[]> => {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += spaceShape.exec(source.slice(at))?.[0].length ?? 0
    if (at >= source.length) return E.right([...tokens, { kind: 'end', at }])
    const read = tokenAt(source, at)
    if (E.isLeft(read)) return read
    const [token, length] = read.right
    tokens.push(token)
    at += length
  }
}

type Read = E.Either<string, readonly [token: Token, length: number]>

const tokenAt = (source: string, at: number): Read => {
  const rest = source.slice(at)
  if (bytesShape.test(rest)) return E.left(`bytes at character ${at} are not supported`)
  const quote = textShape.exec(rest)
  if (quote !== null) return textAt(rest, at, quote[1] !== '', quote[2]!)
  const digits = numberShape.exec(rest)
  if (digits !== null) return numberAt(digits[0], digits[1] !== '', at)
  const word = nameShape.exec(rest)?.[0]
  if (word !== undefined) return E.right([wordToken(word, at), word.length])
  const mark = marks.find((one) => rest.startsWith(one))
  return mark === undefined
    ? E.left(`character ${at} is not understood: ${JSON.stringify(rest[0])}`)
    : E.right([{ kind: 'mark', text: mark, at }, mark.length])
}

const constants: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
])

const wordToken = (word: string, at: number): Token => {
  const value = constants.get(word)
  return value === undefined ? { kind: 'name', text: word, at } : { kind: 'literal', value, at }
}

const textAt = (rest: string, at: number, isRaw: boolean, quote: string): Read => {
  const start = (isRaw ? 1 : 0) + quote.length
  const read = readString(rest.slice(start), quote, isRaw)
  if (read === undefined) return E.left(`the string at character ${at} is malformed`)
  return E.right([{ kind: 'literal', value: read.value, at }, start + read.length])
}

const numberAt = (digits: string, isUnsigned: boolean, at: number): Read => {
  if (isUnsigned) return E.left(`the unsigned number at character ${at} is not supported`)
  const isWhole = digits.startsWith('0x') || /^\d+$/.test(digits)
  if (!isWhole) return E.right([{ kind: 'literal', value: Number(digits), at }, digits.length])
  const value = BigInt(digits)
  // 2^63 itself may follow a minus sign; evaluation finds it too large otherwise.
  return value > intMax + 1n
    ? E.left(`the number at character ${at} exceeds 64 bits`)
    : E.right([{ kind: 'literal', value, at }, digits.length])
}
