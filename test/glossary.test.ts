/**
 * Checks `docs/glossary.md`: the kernel exports every name in the column "kernel", and no term is
 * explained twice.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { publishedBy } from './rooms/declared.js'

const barrel = 'packages/kernel/src/index.ts'
const published = new Set(publishedBy(barrel, readFileSync(barrel, 'utf8')).map(({ name }) => name))

interface Row {
  readonly term: string
  readonly kernelNames: readonly string[]
}

/** The rows of the tables whose third column is headed `kernel`. */
const rowsOf = (page: string): readonly Row[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, term]) => term !== 'term' && !/^-+$/.test(term!))
    .map(([, term, , kernel]) => ({
      term: term!,
      kernelNames: [...kernel!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    }))

const strangers = (page: string): readonly string[] =>
  rowsOf(page).flatMap(({ term, kernelNames }) =>
    kernelNames.filter((name) => !published.has(name)).map((name) => `${term}: ${name}`),
  )
const repeats = (page: string): readonly string[] => {
  const terms = rowsOf(page).map(({ term }) => term)
  return terms.filter((term, at) => terms.indexOf(term) !== at)
}

describe('the glossary', () => {
  const page = readFileSync('docs/glossary.md', 'utf8')

  it('has some sixty terms, each once', () => {
    expect(rowsOf(page).length).toBeGreaterThanOrEqual(60)
    expect(repeats(page)).toEqual([])
  })

  it('names what the kernel exports', () => {
    expect(strangers(page)).toEqual([])
  })

  it('is refuted by a name that is gone and by a term that comes twice', () => {
    const row = '| node | A machine. | `NodeThing` | Node | instance |\n'
    expect(strangers(row)).toEqual(['node: NodeThing'])
    expect(repeats(row + row)).toEqual(['node'])
  })
})
