/** Known names that a mistyped one may have meant. */
import { byCodeUnit } from '@stowage/kernel'

const shownMax = 3
/** Names of families have at most so many letters; what is longer is compared so far. */
const lettersMax = 255

/** The nearest few, by how many letters would have to change, and then by name. */
export const nearest = (known: readonly string[], wanted: string): readonly string[] =>
  known
    .map(
      (name) => [distance(name.slice(0, lettersMax), wanted.slice(0, lettersMax)), name] as const,
    )
    .sort(([a, one], [b, other]) => a - b || byCodeUnit(one, other))
    .slice(0, shownMax)
    .map(([, name]) => name)

/** Levenshtein's distance, a row of its table at a time. */
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
