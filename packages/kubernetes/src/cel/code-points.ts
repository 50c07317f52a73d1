/**
 * Implements sets of Unicode code points as sorted ranges that do not touch, for regular
 * expressions. It has union, complement, case folding (the flag `i`), and named classes such as
 * `\d` and `[:alpha:]`.
 *
 * Source: RE2 syntax (Perl and ASCII character classes).
 */

/** The code points from the first to the last, both included. */
export type Range = readonly [first: number, last: number]
export type CodePoints = readonly Range[]

const pointMax = 0x10ffff

/** Every code point. */
export const anyPoint: CodePoints = [[0, pointMax]]

/** The set of any ranges. */
export const pointSet = (ranges: readonly Range[]): CodePoints => {
  const sorted = [...ranges].sort(([one], [other]) => one - other)
  const united: [number, number][] = []
  for (const [first, last] of sorted) {
    const before = united.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else united.push([first, last])
  }
  return united
}

/** The code points that are not in the set. */
export const complementOf = (set: CodePoints): CodePoints => {
  const gaps: Range[] = []
  let next = 0
  for (const [first, last] of set) {
    if (next < first) gaps.push([next, first - 1])
    next = last + 1
  }
  return next <= pointMax ? [...gaps, [next, pointMax]] : gaps
}

const inText = (text: string): CodePoints =>
  pointSet(
    (text.match(/.-.|./gsu) ?? []).map((part) => {
      const points = Array.from(part, (character) => character.codePointAt(0)!)
      return [points[0]!, points.at(-1)!] as const
    }),
  )

/** `\d`, `\s` and `\w` by their letters. */
export const perlClasses: ReadonlyMap<string, CodePoints> = new Map([
  ['d', inText('0-9')],
  ['s', inText('\t\n\f\r ')],
  ['w', inText('0-9A-Za-z_')],
])

/** `[:alpha:]` and others by their names. */
export const asciiClasses: ReadonlyMap<string, CodePoints> = new Map([
  ['alnum', inText('0-9A-Za-z')],
  ['alpha', inText('A-Za-z')],
  ['ascii', [[0, 0x7f]]],
  ['blank', inText('\t ')],
  [
    'cntrl',
    [
      [0, 0x1f],
      [0x7f, 0x7f],
    ],
  ],
  ['digit', inText('0-9')],
  ['graph', inText('!-~')],
  ['lower', inText('a-z')],
  ['print', inText(' -~')],
  ['punct', inText('!-/:-@[-`{-~')],
  ['space', inText('\t\n\v\f\r ')],
  ['upper', inText('A-Z')],
  ['word', inText('0-9A-Za-z_')],
  ['xdigit', inText('0-9A-Fa-f')],
])

/**
 * The set with the other cases of its letters; `undefined` when it has a character beyond ASCII,
 * whose cases are not known here. The long s and the sign of Kelvin are cases of `s` and `k`.
 */
export const inBothCases = (set: CodePoints): CodePoints | undefined => {
  if (set.some(([, last]) => last >= 0x80)) return undefined
  const cases = set.flatMap(([first, last]): readonly Range[] => [
    ...shiftRange(first, last, 'A', 'Z', 32),
    ...shiftRange(first, last, 'a', 'z', -32),
  ])
  const both = pointSet([...set, ...cases])
  const isIn = (letter: string): boolean => {
    const point = letter.codePointAt(0)!
    return both.some(([first, last]) => first <= point && point <= last)
  }
  return pointSet([...both, ...(isIn('s') ? longS : []), ...(isIn('k') ? kelvin : [])])
}

const longS: CodePoints = [[0x17f, 0x17f]]
const kelvin: CodePoints = [[0x212a, 0x212a]]

const shiftRange = (
  first: number,
  last: number,
  from: string,
  to: string,
  by: number,
): readonly Range[] => {
  const low = Math.max(first, from.codePointAt(0)!)
  const high = Math.min(last, to.codePointAt(0)!)
  return low > high ? [] : [[low + by, high + by]]
}
