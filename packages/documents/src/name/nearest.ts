/**
 * Suggests up to three known names for a mistyped name, the nearest ones by the distance of optimal
 * string alignment, and tells a misspelt name from another one.
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
 * The three nearest names: by the number of letters to insert, drop or change, or neighbours to
 * exchange, then by code unit. Names that are `distanceMax` letters or more away count as equally
 * far. A name costs its length; those that share most letters cost the product of both lengths.
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
 * Whether a name may be another one, misspelt: apart from upper and lower case, at most a quarter
 * of the letters of the shorter one differ, and one letter may always.
 */
export const isMisspelling = (name: string, of: string): boolean => {
  const [one, other] = [name.toLowerCase(), of.toLowerCase()]
  const differences = Math.max(1, Math.floor(Math.min(one.length, other.length) / 4))
  return (
    Math.abs(one.length - other.length) <= differences && editDistance(one, other) <= differences
  )
}

/**
 * The optimal string alignment distance of two names: how many letters to insert, drop or change,
 * or neighbours to exchange, where no letter is touched twice. By the Wagner–Fischer table, of
 * which three rows are kept.
 */
export const editDistance = (one: string, other: string): number => {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, j) => j)
  for (let i = 1; i <= one.length; i++) {
    const letter = one.charCodeAt(i - 1)
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const otherLetter = other.charCodeAt(j - 1)
      const change = last[j - 1]! + (letter === otherLetter ? 0 : 1)
      const isExchange =
        i > 1 && letter === other.charCodeAt(j - 2) && otherLetter === one.charCodeAt(i - 2)
      const exchange = isExchange ? before[j - 2]! + 1 : Infinity
      row.push(Math.min(change, exchange, last[j]! + 1, row[j - 1]! + 1))
    }
    before = last
    last = row
  }
  return last[other.length]!
}
