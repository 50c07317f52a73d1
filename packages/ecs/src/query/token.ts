/**
 * Splits an expression of the cluster query language into tokens. A word ends at white space, a
 * bracket, a comma, a quote or an operator. A pattern without quotes may also contain square
 * brackets, commas and comparison signs.
 */

/** One token, with its position. */
export interface QueryToken {
  /**
   * `mark` is a parenthesis, a bracket, a comma, `&&`, `||` or `!`; `stray` is a character that
   * begins no token.
   */
  readonly kind: 'word' | 'quoted' | 'operator' | 'mark' | 'stray' | 'end'
  /** The characters of the token, without its quotes. */
  readonly text: string
  /** The position of the token and the position behind it, in UTF-16 code units. */
  readonly at: number
  readonly next: number
}

const shape =
  /(?<operator>!(?:in|exists)(?![^\s()[\],'"=!<>~&|])|!?[=~][=<>~!]*|[<>][=<>~!]*)|(?<mark>&&|\|\||[()[\],!])|'(?<quoted>[^']*)'|(?<word>(?:(?!&&|\|\|)[^\s()[\],'"=!<>~])+)/y

const patternShape = /'(?<quoted>[^']*)'|(?<word>(?:(?!&&|\|\|)[^\s()'"])+)/y

/**
 * The next token at or behind a position. The guide does not say which characters a value without
 * quotes may have; this rule allows the most that is unambiguous.
 */
export const tokenAt = (text: string, from: number): QueryToken => tokenOf(shape, text, from)

/** The next token where a pattern is expected; the usual token when no pattern begins there. */
export const patternAt = (text: string, from: number): QueryToken => {
  const token = tokenOf(patternShape, text, from)
  return token.kind === 'stray' ? tokenAt(text, from) : token
}

const tokenOf = (of: typeof shape, text: string, from: number): QueryToken => {
  const at = blankBefore(text, from)
  if (at === text.length) return { kind: 'end', text: '', at, next: at }
  of.lastIndex = at
  const { operator, mark, quoted, word } = of.exec(text)?.groups ?? {}
  const token = (
    kind: QueryToken['kind'],
    content: string,
    length = content.length,
  ): QueryToken => ({
    kind,
    text: content,
    at,
    next: at + length,
  })
  if (operator !== undefined) return token('operator', operator)
  if (mark !== undefined) return token('mark', mark)
  if (quoted !== undefined) return token('quoted', quoted, quoted.length + 2)
  return word === undefined ? token('stray', text[at]!) : token('word', word)
}

const blankBefore = (text: string, from: number): number => {
  let at = from
  while (at < text.length && /\s/.test(text[at]!)) at++
  return at
}
