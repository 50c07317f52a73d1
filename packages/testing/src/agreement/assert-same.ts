/**
 * Throws when the kernel's answer differs from the answer of its twin (slow reference
 * implementation). The error shows both answers.
 */
import { canonicalText } from '../picture/canonical-text.js'

/** Throws an error that shows both values when they differ. */
export const assertSame = (actual: unknown, expected: unknown): void => {
  const [one, other] = [canonicalText(actual), canonicalText(expected)]
  if (one !== other) throw new Error(`it says\n${one}\nand its twin says\n${other}`)
}
