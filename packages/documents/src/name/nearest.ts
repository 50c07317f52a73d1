/**
 * Suggests up to three known names for a mistyped name: the nearest ones by Levenshtein distance.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as N from 'fp-ts/lib/number.js'
import * as Ord from 'fp-ts/lib/Ord.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as string from 'fp-ts/lib/string.js'

const namesMax = 3
/** No name of a platform is longer; of longer texts only so many letters are compared. */
const lettersMax = 255

interface Candidate {
  readonly name: string
  readonly distance: number
}

/** The nearest first, among equally near ones by code unit, as `string.Ord` compares. */
const nearestFirst: Ord.Ord<Candidate> = Ord.getMonoid<Candidate>().concat(
  pipe(
    N.Ord,
    Ord.contramap(({ distance }) => distance),
  ),
  pipe(
    string.Ord,
    Ord.contramap(({ name }) => name),
  ),
)

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
  const candidates = Array.from(names, (each) => ({
    name: each,
    distance: Math.min(editDistance(clipped, each.slice(0, lettersMax)), distanceMax),
  }))
  return RA.sort(nearestFirst)(candidates)
    .slice(0, namesMax)
    .map((candidate) => candidate.name)
}

/** Levenshtein distance by the Wagner–Fischer table, of which one row is kept. */
const editDistance = (one: string, other: string): number => {
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
