/**
 * Reads a CEL string literal: its characters up to the closing quote, with escape sequences
 * resolved. A raw literal has no escape sequences.
 *
 * Source: the Common Expression Language specification, "String and Bytes Values".
 */

/** The text of a literal, and how many characters it takes with its closing quote. */
export interface StringLiteral {
  readonly value: string
  readonly length: number
}

/** Reads from behind the opening quote; `undefined` for a literal that is open or malformed. */
export const readString = (
  source: string,
  quote: string,
  isRaw: boolean,
): StringLiteral | undefined => {
  let value = ''
  let at = 0
  while (at < source.length) {
    if (source.startsWith(quote, at)) return { value, length: at + quote.length }
    const character = source[at]!
    if (character === '\n' && quote.length === 1) return undefined
    if (character !== '\\' || isRaw) {
      value += character
      at += 1
      continue
    }
    const escape = escapeAt(source.slice(at))
    if (escape === undefined) return undefined
    value += escape.value
    at += escape.length
  }
  return undefined
}

const plainEscapes: ReadonlyMap<string, string> = new Map([
  ...['\\', '?', '"', "'", '`'].map((one) => [one, one] as const),
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const code = /^\\(?:[xX]([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/
const octal = /^\\([0-3][0-7]{2})/

const escapeAt = (rest: string): StringLiteral | undefined => {
  const plain = plainEscapes.get(rest[1] ?? '')
  if (plain !== undefined) return { value: plain, length: 2 }
  const [whole, ...digits] = code.exec(rest) ?? []
  if (whole !== undefined) return characterOf(Number.parseInt(digits.join(''), 16), whole.length)
  const eight = octal.exec(rest)
  return eight === null ? undefined : characterOf(Number.parseInt(eight[1]!, 8), eight[0].length)
}

const characterOf = (point: number, length: number): StringLiteral | undefined =>
  point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)
    ? undefined
    : { value: String.fromCodePoint(point), length }
