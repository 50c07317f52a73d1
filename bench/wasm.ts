/**
 * What a loop in WebAssembly would buy: `npm run bench:wasm`. The index is bundled as it is, and with other functions in the place of
 * some of its own. Each decides the same in one run, by turns, or nothing is said of how long it took.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Path } from '@stowage/kernel'
import type { Plugin } from 'esbuild'
import type * as work from './wasm/work.js'

type WorkOn = typeof work.workOn

const ways = ['shipped', 'values', 'all', 'script'] as const
type Way = (typeof ways)[number]

/** Functions of the index that give way to those of the same name in `bench/wasm`, by file, with what these need of the file. */
const replaced: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'groups.ts': { refresh: ['leaveAllBut', 'putAll', 'newGroup'], catchUpGroups: [] },
  'shared.ts': { hear: [] },
  'tree.ts': { newTree: [], firstIn: [] },
  'indexes.ts': { dropped: [] },
}

const replacing: Plugin = {
  name: 'the loop inside the index',
  setup(build) {
    build.onLoad(
      { filter: /kernel\/src\/index\/(groups|shared|tree|indexes)\.ts$/ },
      ({ path }) => {
        const file = basename(path)
        const contents = Object.entries(replaced[file]!).reduce(
          (text, [name, needed]) => withReplaced(text, file, name, needed),
          readFileSync(path, 'utf8'),
        )
        return { loader: 'ts', contents }
      },
    )
  },
}

const withReplaced = (
  text: string,
  file: string,
  name: string,
  needed: readonly string[],
): string => {
  const found = new RegExp(`^(export )?const ${name} = `, 'm').exec(text)
  if (found === null) throw new Error(`${file} of the index has no function ${name}`)
  const [start, exported = ''] = found
  return `import { ${name} as ${name}Inside } from ${JSON.stringify(resolve('bench/wasm', file))}
${text.replace(start, `const ${name}Before = `)}
${exported}const ${name} = ${name}Inside(${[`${name}Before`, ...needed].join(', ')})
`
}

const folder = dirname(fileURLToPath(import.meta.url))

/** Nothing where AssemblyScript is not installed. */
const compiled = (): string | undefined => {
  const asc = resolve('node_modules/assemblyscript/bin/asc.js')
  if (!existsSync(asc)) return undefined
  const outFile = join(folder, 'loop.wasm')
  const options = '-O3 --noAssert --runtime stub --enable simd --importMemory'.split(' ')
  execFileSync(process.execPath, [asc, 'bench/wasm/loop.as.ts', '--outFile', outFile, ...options])
  return outFile
}

const bundled = async (way: Way, compiledLoop: string): Promise<WorkOn> => {
  const { build } = createRequire(resolve('package.json'))('esbuild') as typeof import('esbuild')
  const outfile = join(folder, `${way}.mjs`)
  await build({
    entryPoints: ['bench/wasm/work.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outfile,
    alias: { '@stowage/kernel': './packages/kernel/src/index.ts' },
    define: { chosenWay: JSON.stringify(way), compiledLoop: JSON.stringify(compiledLoop) },
    plugins: way === 'shipped' ? [] : [replacing],
  })
  const { workOn } = (await import(pathToFileURL(outfile).href)) as typeof work
  return workOn
}

interface Case {
  readonly nodes: number
  readonly classes: number
  readonly path?: Path
  /** Of one round. */
  readonly decisions: number
}

const cases: readonly Case[] = [
  { nodes: 5_000, classes: 20, decisions: 10_000 },
  { nodes: 5_000, classes: 200, decisions: 3_000 },
  { nodes: 5_000, classes: 1_000, decisions: 1_000 },
  { nodes: 5_000, classes: 200, path: 'index', decisions: 3_000 },
  { nodes: 5_000, classes: 1_000, path: 'index', decisions: 1_000 },
  { nodes: 100_000, classes: 20, decisions: 3_000 },
  { nodes: 100_000, classes: 200, decisions: 200 },
]
const rounds = 11

const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!

/** How long each way took of the processor, in each round. */
const measured = (opened: readonly WorkOn[], asked: Case): readonly (readonly number[])[] => {
  const works = opened.map((workOn) => workOn(asked.nodes, asked.classes, asked.path))
  const round = (count: number): readonly number[] => {
    const done = works.map((decide) => decide(count))
    if (new Set(done.map(([nodes]) => nodes.join())).size !== 1)
      throw new Error(`not all ways decide the same: ${JSON.stringify(asked)}`)
    return done.map(([, microseconds]) => microseconds)
  }
  round(Math.max(asked.decisions, 5 * asked.classes))
  return Array.from({ length: rounds }, () => round(asked.decisions))
}

/** By how many times one way is faster than another, each beside the other of its round. */
const row = (opened: readonly WorkOn[], asked: Case): Readonly<Record<string, unknown>> => {
  const times = measured(opened, asked)
  const ratio = (slower: Way, faster: Way): string =>
    median(times.map((of) => of[ways.indexOf(slower)]! / of[ways.indexOf(faster)]!)).toFixed(2)
  return {
    nodes: asked.nodes,
    classes: asked.classes,
    path: asked.path ?? 'whichever pays',
    'fit and values': ratio('shipped', 'values'),
    'the whole loop': ratio('shipped', 'all'),
    'the same loop in JavaScript': ratio('shipped', 'script'),
    'WebAssembly over that': ratio('script', 'all'),
  }
}

const compiledLoop = compiled()
if (compiledLoop === undefined) console.log('Nothing is measured, as AssemblyScript is missing.')
else {
  const opened: WorkOn[] = []
  for (const way of ways) opened.push(await bundled(way, compiledLoop))
  console.log('A decision and a stop: how many times as fast as the index as it is')
  console.table(cases.map((asked) => row(opened, asked)))
}
