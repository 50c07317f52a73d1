/**
 * Suggests up to three known names for a mistyped name: the nearest ones by Levenshtein distance.
 */
import { byCodeUnit } from '@stowage/kernel'

const namesMax = 3
/** No name of a platform is longer; of longer texts only so many letters are compared. */
const lettersMax = 255

/**
 * The three nearest names: by the number of letters to insert, drop or change, then by code unit.
 * Names that are `distanceMax` letters or more away count as equally far. Each name costs the
 * product of both lengths.
 */
export const nearestNames = (
  name: string,
  names: Iterable<string>,
  distanceMax = Infinity,
): readonly string[] => {
  const clipped = name.slice(0, lettersMax)
  return [...names]
    .map(
      (each) =>
        [Math.min(letterDistance(clipped, each.slice(0, lettersMax)), distanceMax), each] as const,
    )
    .sort(([a, one], [b, other]) => a - b || byCodeUnit(one, other))
    .slice(0, namesMax)
    .map(([, each]) => each)
}

/**
 * The Levenshtein distance of two names, by the Wagner–Fischer table, of which one row is kept: how
 * many letters to insert, drop or change.
 */
export const letterDistance = (one: string, other: string): number => {
  const row = Array.from({ length: other.length + 1 }, (_, j) => j)
  for (let i = 1; i <= one.length; i++) {
    let diagonal = row[0]!
    row[0] = i
    for (let j = 1; j <= other.length; j++) {
      const change = diagonal + (one.charCodeAt(i - 1) === other.charCodeAt(j - 1) ? 0 : 1)
      diagonal = row[j]!
      row[j] = Math.min(change, diagonal + 1, row[j - 1]! + 1)
    }
  }
  return row[other.length]!
}
