/**
 * Prints an expression of the cluster query language with a caret under the position of the error.
 */
import type { TextFault } from '../pattern/fault.js'

/** How many characters around the position are shown. */
const caretShownMax = 72

/**
 * Controls, blanks, marks of the reading direction, private characters and halves of pairs. Listed,
 * because `\p{C}` means other characters in each version of Unicode, and some engines have no `\p`.
 */
const unseenCharacter =
  /[^ -\u{10ffff}]|[\s\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufff9-\ufffb]/u

/**
 * Two lines: the expression and the caret. Line breaks and control characters become blanks, so
 * that the caret stays under its position.
 */
export const withCaret = (text: string, at: number): string => {
  const place = [...text.slice(0, at)].length
  const characters = [...text].map((character) =>
    unseenCharacter.test(character) ? ' ' : character,
  )
  const from = Math.max(0, Math.min(place - caretShownMax / 2, characters.length - caretShownMax))
  const before = from > 0 ? '…' : ''
  const after = from + caretShownMax < characters.length ? '…' : ''
  const line = `${before}${characters.slice(from, from + caretShownMax).join('')}${after}`
  return `${line}\n${' '.repeat(before.length + place - from)}^`
}

/**
 * A fault in an expression for a message; `expected` ends with the expression and a caret, indented
 * by four blanks.
 */
export const faultInExpression = (
  text: string,
  { at, found, expected }: TextFault,
): { readonly found: string; readonly expected: string } => ({
  found,
  expected: `${expected}\n${withCaret(text, at).replaceAll(/^/gm, '    ')}`,
})
