/**
 * Computes the score of a run, which is the percentage of mutants (small changes of the code) that
 * the tests caught. Formats the results of mutants and hand-written bugs as lines of text.
 */
import type { Left } from './left.js'
import type { Change, Mutant } from './mutant.js'
import type { Outcome, Plant } from './plant.js'

/** A mutant that was not caught, with the reason why it is left so if there is one. */
export interface Survivor extends Mutant {
  readonly reason: string | undefined
}

export const survivorsOf = (
  mutants: readonly Mutant[],
  left: readonly Left[],
): readonly Survivor[] =>
  mutants
    .filter(({ verdict }) => verdict !== 'caught')
    .map((mutant) => ({ ...mutant, reason: left.find((known) => same(known, mutant))?.reason }))

/** Those that are listed for a file that was tried, but did not survive there. */
export const staleOf = (mutants: readonly Mutant[], left: readonly Left[]): readonly Left[] =>
  left.filter(
    (known) =>
      mutants.some(({ file }) => file === known.file) &&
      !mutants.some((mutant) => mutant.verdict !== 'caught' && same(known, mutant)),
  )

/** The share of the mutants that was caught, in percent. */
export const scoreOf = (mutants: readonly Mutant[]): number =>
  mutants.length === 0 ? 100 : (100 * caughtOf(mutants)) / mutants.length

export const tableOf = (mutants: readonly Mutant[]): readonly string[] => {
  const files = [...new Set(mutants.map(({ file }) => file))].sort()
  const width = files.reduce((most, file) => Math.max(most, file.length), 0)
  const row = (name: string, cells: readonly (number | string)[]) =>
    name.padEnd(width) + cells.map((cell) => `${cell}`.padStart(10)).join('')
  const counted = (name: string, among: readonly Mutant[]) => {
    const caught = caughtOf(among)
    return row(name, [
      among.length,
      caught,
      among.length - caught,
      `${scoreOf(among).toFixed(1)} %`,
    ])
  }
  return [
    row('', ['mutants', 'caught', 'survived', 'score']),
    ...files.map((name) =>
      counted(
        name,
        mutants.filter(({ file }) => file === name),
      ),
    ),
    counted('all', mutants),
  ]
}

export const survivorLines = ({ file, line, within, was, became, verdict, reason }: Survivor) => [
  `${file}:${line} in ${within}${remarks[verdict]}`,
  `  was     ${was}`,
  `  became  ${became}`,
  reason === undefined ? '  NEW: not in left.ts' : `  left: ${reason}`,
]

export const staleLine = ({ file, within, became }: Left): string =>
  `in left.ts, but it survives no more: ${file} in ${within}: ${became}`

export const outcomeLines = ({ file, find, replace, why }: Plant, outcome: Outcome) => {
  const what = `${file}: ${why}`
  switch (outcome._tag) {
    case 'Caught':
      return [`caught      ${what}`]
    case 'Uncaught':
      return [`NOT CAUGHT  ${what}`, `  was     ${find}`, `  became  ${replace}`]
    case 'Stale':
      return [`STALE       ${what}`, `  is there ${outcome.times} times, not once: ${find}`]
  }
}

const remarks = {
  caught: '',
  survived: '',
  unrun: ', where no test comes',
  late: ', undecided when its time was over',
}

const caughtOf = (mutants: readonly Mutant[]): number =>
  mutants.filter(({ verdict }) => verdict === 'caught').length

const same = (one: Change, other: Change): boolean =>
  one.file === other.file &&
  one.within === other.within &&
  one.was === other.was &&
  one.became === other.became
