/**
 * Runs Stryker to make mutants (small changes of the sources), and collects whether the tests
 * caught each. A mutant is identified by the changed text and the declaration around it, not by a
 * line number, so that the mutant stays known while the rest of the file changes.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

type Result = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

/** What stays the same when lines move. */
export interface Change {
  readonly file: string
  /** The nearest declaration above, or around it. */
  readonly within: string
  /** The lines that were changed, on one line, and what became of them. */
  readonly was: string
  readonly became: string
}

export interface Mutant extends Change {
  readonly line: number
  /** `unrun`: no test comes there; `late`: neither caught nor survived when the time was over. */
  readonly verdict: 'caught' | 'survived' | 'unrun' | 'late'
}

/** Rooms of one package, whose mutants are tried together. */
export interface Area {
  readonly rooms: readonly string[]
  readonly tsconfig: string
  /** The tests that are to catch them. */
  readonly tests: string
}

/** Tries every mutant of the files, which are in this area. */
export const mutantsIn = async (
  { tsconfig, tests }: Area,
  files: readonly string[],
): Promise<readonly Mutant[]> => {
  const stryker = new Stryker({
    configFile: '.config/stryker.config.js',
    mutate: [...files],
    tsconfigFile: tsconfig,
    vitest: { configFile: tests, related: false },
  })
  const results = await stryker.runMutationTest()
  return results.flatMap((result) => {
    const verdict = verdictOf(result)
    return verdict === undefined ? [] : [{ ...changeOf(result), verdict }]
  })
}

/** A mutant that cannot be run, or that was left out, is none. */
const verdictOf = ({ status, statusReason }: Result): Mutant['verdict'] | undefined => {
  switch (status) {
    case 'Killed':
      return 'caught'
    case 'Timeout':
      return statusReason?.startsWith('Hit limit reached') ? 'caught' : 'late'
    case 'Survived':
      return 'survived'
    case 'NoCoverage':
      return 'unrun'
    default:
      return undefined
  }
}

const changeOf = ({ fileName, location: { start, end }, replacement }: Result) => {
  const lines = readFileSync(fileName, 'utf8').split('\n')
  const was = lines.slice(start.line - 1, end.line).join('\n')
  const before = was.slice(0, start.column - 1)
  const after = lines[end.line - 1]!.slice(end.column - 1)
  return {
    file: relative('', fileName).replaceAll('\\', '/'),
    line: start.line,
    within: declaredAbove(lines.slice(0, start.line)),
    was: onOneLine(was),
    became: onOneLine(before + replacement + after),
  }
}

const declaredAbove = (lines: readonly string[]): string =>
  lines.flatMap((line) => /^(?:export )?(?:const|function) (\w+)/.exec(line)?.[1] ?? []).pop() ?? ''

const onOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ')
