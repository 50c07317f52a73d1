/**
 * Parses a character class in a regular expression: characters, ranges, escapes, nested classes,
 * and `&&` for intersection.
 *
 * Source: java.util.regex.Pattern of Java 6. Versions of Java disagree on what `^` negates before a
 * nested class or `&&`, so that combination is refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import { characterAt, escapedSet } from './escape.js'
import { unlike, type TextRead } from './fault.js'
import { complement, intersection, singleton, union, type CodePoints } from './set.js'

/** The deepest nesting of brackets, and of groups. */
export const bracketsMax = 50

/** The class that opens at position `at`. */
export const bracket = (text: string, at: number, depth = 0): TextRead<CodePoints> => {
  if (depth >= bracketsMax)
    return unlike(text, at, 1, `at most ${bracketsMax} brackets in brackets`)
  const isNegated = text[at + 1] === '^'
  const parts: CodePoints[] = []
  let part: CodePoints | undefined
  let position = at + (isNegated ? 2 : 1)
  for (;;) {
    if (position >= text.length) return unlike(text, at, 1, 'a ] that closes this')
    if (text[position] === ']' && part !== undefined) break
    const isMore = text.startsWith('&&', position)
    if (isNegated && (isMore || text[position] === '['))
      return unlike(text, position, isMore ? 2 : 1, 'neither [ nor && where ^ comes first')
    if (isMore) {
      if (part === undefined) return unlike(text, position, 2, 'characters before &&')
      parts.push(part)
      part = undefined
      position += 2
      continue
    }
    const read =
      text[position] === '[' ? bracket(text, position, depth + 1) : member(text, position)
    if (E.isLeft(read)) return read
    part = union(part ?? [], read.right[0])
    position = read.right[1]
  }
  const set = parts.reduce(intersection, part)
  return E.right([isNegated ? complement(set) : set, position + 1])
}

/** A character, an escape, or a range from one character to another. */
const member = (text: string, at: number): TextRead<CodePoints> => {
  const first = singleMember(text, at)
  if (E.isLeft(first)) return first
  const [from, next] = first.right
  const isRange = text[next] === '-' && next + 1 < text.length && !'[]'.includes(text[next + 1]!)
  if (!isRange) return first
  const second = singleMember(text, next + 1)
  if (E.isLeft(second)) return second
  const [to, end] = second.right
  const [min, max] = [pointIn(from), pointIn(to)]
  return min === undefined || max === undefined || min > max
    ? unlike(text, at, end - at, 'a range from one character to a later one')
    : E.right([[[min, max]], end])
}

const singleMember = (text: string, at: number): TextRead<CodePoints> => {
  if (text[at] === '\\') return escapedSet(text, at)
  const character = characterAt(text, at)
  return E.right([singleton(character.codePointAt(0)!), at + character.length])
}

/** The only code point of a set; `undefined` when it has several. */
const pointIn = (set: CodePoints): number | undefined =>
  set.length === 1 && set[0]![0] === set[0]![1] ? set[0]![0] : undefined
