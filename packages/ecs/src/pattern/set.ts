/**
 * Computes union, complement and intersection of sets of code points, for the character classes of
 * regular expressions. Also adds the other case of each ASCII letter to a set. A set is a list of
 * sorted ranges that neither overlap nor touch.
 */

/** Ranges with inclusive bounds. */
export type CodePoints = readonly (readonly [min: number, max: number])[]

const last = 0x10ffff

/** The set of one code point. */
export const singleton = (point: number): CodePoints => [[point, point]]

/** The ranges of pairs of characters, such as `azAZ__`. */
export const between = (pairs: string): CodePoints =>
  union(
    ...Array.from(
      { length: pairs.length / 2 },
      (_, i): CodePoints => [[pairs.charCodeAt(2 * i), pairs.charCodeAt(2 * i + 1)]],
    ),
  )

export const union = (...sets: readonly CodePoints[]): CodePoints => {
  const joined: [number, number][] = []
  for (const [min, max] of sets.flat().sort(([a], [b]) => a - b)) {
    const before = joined.at(-1)
    if (before === undefined || before[1] + 1 < min) joined.push([min, max])
    else before[1] = Math.max(before[1], max)
  }
  return joined
}

export const complement = (set: CodePoints): CodePoints => {
  const starts = [0, ...set.map(([, max]) => max + 1)]
  const ends = [...set.map(([min]) => min - 1), last]
  return starts.flatMap((min, i) => (min <= ends[i]! ? [[min, ends[i]!] as const] : []))
}

export const intersection = (a: CodePoints, b: CodePoints): CodePoints =>
  complement(union(complement(a), complement(b)))

/** The set with each ASCII letter in both of its cases. */
export const caseless = (set: CodePoints): CodePoints => {
  const moved = (letters: string, by: number): CodePoints =>
    intersection(set, between(letters)).map(([min, max]) => [min + by, max + by])
  return union(set, moved('AZ', 32), moved('az', -32))
}
