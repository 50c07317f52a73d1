/** An expression with a caret under one of its places. */
import type { TextFault } from '../pattern/fault.js'

/** So much of a long expression is shown, around the place. */
const caretShownMax = 72

/**
 * Two lines. Line breaks and control characters are shown as blanks, so that the caret stands where
 * it belongs.
 */
export const withCaret = (text: string, at: number): string => {
  const place = [...text.slice(0, at)].length
  const characters = [...text].map((character) =>
    /[\p{C}\p{Z}]/u.test(character) ? ' ' : character,
  )
  const from = Math.max(0, Math.min(place - caretShownMax / 2, characters.length - caretShownMax))
  const before = from > 0 ? '…' : ''
  const after = from + caretShownMax < characters.length ? '…' : ''
  const line = `${before}${characters.slice(from, from + caretShownMax).join('')}${after}`
  return `${line}\n${' '.repeat(before.length + place - from)}^`
}

/**
 * What is wrong with an expression, and below it the expression with its place, set in by four
 * blanks.
 */
export const faultInExpression = (
  text: string,
  { at, found, expected }: TextFault,
): { readonly found: string; readonly expected: string } => ({
  found,
  expected: `${expected}\n${withCaret(text, at).replaceAll(/^/gm, '    ')}`,
})
