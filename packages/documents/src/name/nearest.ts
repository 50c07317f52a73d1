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
 * Names that are `distanceMax` letters or more away count as equally far. A name costs its length;
 * those that share most letters cost the product of both lengths.
 */
export const nearestNames = (
  name: string,
  names: Iterable<string>,
  distanceMax = Infinity,
): readonly string[] => {
  const clipped = name.slice(0, lettersMax)
  const lettersApart = letterDifference(clipped)
  const candidates = Array.from(names, (each) => ({
    name: each,
    distance: Math.min(lettersApart(each.slice(0, lettersMax)), distanceMax),
  }))
  let nearest: readonly Candidate[] = []
  // The letters that differ are a lower bound: what comes after the third by it is no nearer.
  for (const candidate of RA.sort(nearestFirst)(candidates)) {
    const last = nearest[namesMax - 1]
    if (last !== undefined && nearestFirst.compare(last, candidate) <= 0) break
    const exact = editDistance(clipped, candidate.name.slice(0, lettersMax))
    const measured = { name: candidate.name, distance: Math.min(exact, distanceMax) }
    nearest = RA.sort(nearestFirst)([...nearest, measured]).slice(0, namesMax)
  }
  return nearest.map((candidate) => candidate.name)
}

/** How many letters of a name another one lacks, or the reverse, whichever are more. */
const letterDifference = (name: string): ((other: string) => number) => {
  const counts = new Map<number, number>()
  for (let i = 0; i < name.length; i++) {
    const letter = name.charCodeAt(i)
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return (other) => {
    const left = new Map(counts)
    let shared = 0
    for (let i = 0; i < other.length; i++) {
      const letter = other.charCodeAt(i)
      const count = left.get(letter) ?? 0
      if (count === 0) continue
      left.set(letter, count - 1)
      shared++
    }
    return Math.max(name.length, other.length) - shared
  }
}

/**
 * The Levenshtein distance of two names, by the Wagner–Fischer table, of which one row is kept: how
 * many letters to insert, drop or change.
 */
export const editDistance = (one: string, other: string): number => {
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
