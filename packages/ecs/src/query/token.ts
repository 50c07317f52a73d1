/**
 * Tokens of the cluster query language. A word goes on to the next white space, bracket, comma,
 * quote or operator; the guide gives no alphabet for values without quotes, and this is the widest
 * that keeps them apart from what is around them. A pattern without quotes goes on further, as
 * brackets, commas and the signs of operators mean something in it.
 */

export interface QueryToken {
  /**
   * `mark` is a parenthesis, a bracket, a comma, `&&`, `||` or `!`; `stray` is what can not begin a
   * token.
   */
  readonly kind: 'word' | 'quoted' | 'operator' | 'mark' | 'stray' | 'end'
  /** What it says: of a quoted one what is in the quotes. */
  readonly text: string
  /** Where it begins and where the text goes on behind it, in code units. */
  readonly at: number
  readonly next: number
}

const shape =
  /(?<operator>!(?:in|exists)(?![^\s()[\],'"=!<>~&|])|!?[=~][=<>~!]*|[<>][=<>~!]*)|(?<mark>&&|\|\||[()[\],!])|'(?<quoted>[^']*)'|(?<word>(?:(?!&&|\|\|)[^\s()[\],'"=!<>~])+)/y

const patternShape = /'(?<quoted>[^']*)'|(?<word>(?:(?!&&|\|\|)[^\s()'"])+)/y

export const tokenAt = (text: string, from: number): QueryToken => tokenOf(shape, text, from)

/** Where a pattern is due; where none is, the token that is there instead. */
export const patternAt = (text: string, from: number): QueryToken => {
  const token = tokenOf(patternShape, text, from)
  return token.kind === 'stray' ? tokenAt(text, from) : token
}

const tokenOf = (of: typeof shape, text: string, from: number): QueryToken => {
  const at = blankBefore(text, from)
  if (at === text.length) return { kind: 'end', text: '', at, next: at }
  of.lastIndex = at
  const { operator, mark, quoted, word } = of.exec(text)?.groups ?? {}
  const token = (kind: QueryToken['kind'], said: string, length = said.length): QueryToken => ({
    kind,
    text: said,
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
