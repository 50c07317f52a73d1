/**
 * Defines a conformance case (a named function that computes an answer as text), and runs it. The
 * result is a hash of the answer, which must be the same on every runtime.
 */

/** A case gives its whole answer as text, or throws where the answer is wrong. */
export interface Case {
  readonly name: string
  readonly answer: () => string
}

/** The hash of the answer of a case, or what went wrong. */
export interface CaseResult {
  readonly name: string
  readonly hash?: string
  readonly failure?: string
}

/** Runs a case; its answer is hashed, as answers have megabytes. */
export const runCase = ({ name, answer }: Case): CaseResult => {
  try {
    return { name, hash: hashOf(answer()) }
  } catch (error) {
    return { name, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Sixteen hexadecimal digits of a text: two FNV-1a hashes of its UTF-16 code units. */
export const hashOf = (text: string): string => {
  let [low, high] = [0x811c9dc5, 0x9e3779b9]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ (unit + i), 0x01000193)
  }
  return digits(high) + digits(low)
}
const digits = (half: number): string => (half >>> 0).toString(16).padStart(8, '0')

/** Throws, with both texts, where an answer is not the expected one. */
export const expectSame = (what: string, found: unknown, expected: unknown): void => {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)]
  if (is !== should) throw new Error(`${what}: found ${is}, expected ${should}`)
}
