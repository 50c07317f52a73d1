/**
 * Checks the tables of expected values in this folder: the tables agree with each other, and every
 * table is used by a test of a package, or is listed as not used yet.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { instances, printed, derived } from './a4-query-examples.js'
import { operators, subjects } from './a4-query-words.js'
import { chained, packing, stopping, strategies } from './a5-strategies.js'
import { instanceStatuses } from './a9-lifecycle.js'
import { candidates } from './a2-pipeline.js'
import { shares } from './c1-providers.js'
import { sizes, sizesTogether, type SizeRow } from './c5-fargate.js'
import { podSizes } from './d-pods-on-fargate.js'
import { holes } from './h-holes.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))

/** What is written down and not there yet: rows that no test of a package looks at. */
const waiting: Readonly<Record<string, readonly string[]>> = {}

it('is known which rows wait for the code that meets them', () => {
  const tests = readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[^/]+\/src\/.*\.test\.ts$/.test(path))
    .map((path) => readFileSync(`${packages}${path}`, 'utf8'))
  const unused = (file: string) => {
    const imports = tests.flatMap((text) => [...text.matchAll(importOf)])
    const used = imports.filter((found) => found[2] === file).map((found) => found[1]!)
    const rows = [...readFileSync(`${here}${file}.ts`, 'utf8').matchAll(/^export const (\w+)/gm)]
    return rows.map((found) => found[1]!).filter((name) => !wordsIn(used).has(name))
  }
  const files = readdirSync(here).flatMap((name) => /^([a-z]\d?-.*)\.ts$/.exec(name)?.[1] ?? [])
  const found = files.map((file) => [file, unused(file)] as const)
  expect(Object.fromEntries(found.filter(([, rows]) => rows.length > 0))).toEqual(waiting)
})

const importOf = /import \{([^}]*)\} from '[^']*\/test\/expected\/ecs\/([^/']*)\.js'/g

const wordsIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.split(/\W+/)))

const including = (some: readonly string[]): unknown => expect.arrayContaining([...some])

const memoriesOf = ({ memory }: SizeRow): readonly number[] => {
  if (!('step' in memory)) return memory
  const count = (memory.to - memory.from) / memory.step + 1
  return Array.from({ length: count }, (_, i) => memory.from + i * memory.step)
}

it('has as many sizes as are counted', () => {
  expect(sizes.map((row) => memoriesOf(row).length)).toEqual(sizes.map(({ count }) => count))
  expect(sizes.reduce((sum, { count }) => sum + count, 0)).toBe(sizesTogether)
})

it('has sizes of pods that are sizes', () => {
  for (const { size } of podSizes) {
    const row = sizes.find(({ cpu }) => cpu === size.cpu * 1024)!
    expect(memoriesOf(row)).toContain(size.memory * 1024)
  }
})

it('gives subjects operators that there are, and examples instances that there are', () => {
  const known = operators.map(({ symbol }) => symbol)
  for (const subject of subjects) expect(known).toEqual(including(subject.operators))
  const ids = instances.map(({ ec2InstanceId }) => ec2InstanceId)
  for (const { selects } of [...printed, ...derived]) expect(ids).toEqual(including(selects))
})

it('speaks of each status of an instance, and of each strategy', () => {
  expect(new Set(candidates.map(({ status }) => status))).toEqual(new Set(instanceStatuses))
  const types = strategies.map(({ type }) => type as string)
  const named = [
    ...chained.flatMap((row) => row.strategies),
    ...stopping.map((row) => row.strategy),
  ]
  for (const name of named) expect(types).toContain(name.slice(0, name.indexOf('(')))
})

it('chooses among the instances that there are', () => {
  for (const { chosen, instances: all } of chained) expect(Object.keys(all)).toContain(chosen)
  for (const { from, instances: all } of stopping) expect(Object.keys(all)).toEqual(including(from))
  for (const { remaining, chosen, task } of packing)
    expect(chosen === undefined || remaining[chosen]! >= task).toBe(true)
})

it('shares all tasks, the base first, within one task of the weights', () => {
  for (const { providers, tasks, counts } of shares) {
    const bases = providers.map(({ base = 0 }) => base)
    const left = Math.max(0, tasks - bases.reduce((sum, base) => sum + base, 0))
    const weights = providers.reduce((sum, { weight }) => sum + weight, 0)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(tasks)
    providers.forEach(({ weight }, i) => {
      const share = (weight * left) / weights
      const beyond = counts[i]! - Math.min(bases[i]!, tasks)
      expect(Math.abs(beyond - share)).toBeLessThan(1)
    })
  }
})

it('decides each hole once, by one of its values', () => {
  const options = holes.map(({ section, option }) => `${section} ${option}`)
  expect(new Set(options).size).toBe(options.length)
  for (const hole of holes)
    expect(hole.values[0] === 'a sentence' || hole.values.includes(hole.default)).toBe(true)
})
