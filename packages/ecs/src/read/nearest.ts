/** Suggestions for a mistyped name: the known names with the smallest edit distance. */
import { byCodeUnit } from '@stowage/kernel'

const shownMax = 3
/** A family has at most 255 letters; longer names are compared up to there. */
const lettersMax = 255

/** The 3 nearest known names, by edit distance and then by name. */
export const nearest = (known: readonly string[], wanted: string): readonly string[] =>
  known
    .map(
      (name) => [distance(name.slice(0, lettersMax), wanted.slice(0, lettersMax)), name] as const,
    )
    .sort(([a, one], [b, other]) => a - b || byCodeUnit(one, other))
    .slice(0, shownMax)
    .map(([, name]) => name)

/** The Levenshtein distance, computed one row of its table at a time. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const kept = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(kept, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[other.length]!
}
