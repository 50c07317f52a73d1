/**
 * Checks that `docs/warnings.md` has a row for each warning code of the packages and no other row,
 * and that every code is used.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { WarningHelp } from '@stowage/documents'
import { ecsWarnings } from '@stowage/ecs'
import { kubernetesWarnings } from '@stowage/kubernetes'
import { describe, expect, it } from 'vitest'

const page = readFileSync('docs/warnings.md', 'utf8')

/** The cells of the rows below a heading, up to the next one. */
const rowsBelow = (heading: string): readonly (readonly string[])[] => {
  const [, after = ''] = page.split(`\n## ${heading}\n`)
  const [section = ''] = after.split('\n## ')
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const sourcesOf = (name: string): string =>
  readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.ts$/.test(path))
    .map((path) => readFileSync(`packages/${name}/src/${path}`, 'utf8'))
    .join('\n')

describe.each<readonly [string, string, Readonly<Record<string, WarningHelp>>]>([
  ['Amazon ECS', 'ecs', ecsWarnings],
  ['Kubernetes', 'kubernetes', kubernetesWarnings],
])('the warnings of %s', (heading, name, table) => {
  it('are the rows of the page', () => {
    expect(rowsBelow(heading)).toEqual(
      Object.entries(table).map(([code, { cause, remedy }]) => [`\`${code}\``, cause, remedy]),
    )
  })
  it('have each a cause and a remedy', () => {
    const isBare = (text: string) => text.trim().split(/\s+/).length < 2 && text !== 'None'
    const bare = Object.entries(table).filter(([, help]) => [help.cause, help.remedy].some(isBare))
    expect(bare.map(([code]) => code)).toEqual([])
  })
  it('are in the order of their codes', () => {
    expect(Object.keys(table)).toEqual(Object.keys(table).sort())
  })
  it('are all given somewhere', () => {
    const sources = sourcesOf(name)
    expect(Object.keys(table).filter((code) => !sources.includes(`'${code}'`))).toEqual([])
  })
})
