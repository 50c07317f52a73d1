/**
 * Measures what a loop in WebAssembly would gain: `npm run bench:wasm`; with `smoke`, checks only
 * that this bench still runs. The kernel's index is bundled twice, as it is and with a compiled
 * loop in place of its own. The two take turns to place the same replicas in one run, and no time
 * is printed unless they choose the same nodes.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { DecidedBy } from '@stowage/kernel'
import type { Plugin } from 'esbuild'
import type * as work from './wasm/work.js'

type DecidingOn = typeof work.decidingOn

const replacing: Plugin = {
  name: 'the loop inside the index',
  setup(build) {
    build.onResolve({ filter: /^\.\/flat-loop\.js$/ }, ({ importer }) =>
      importer.endsWith('/structures/flat-tournaments.ts')
        ? { path: resolve('bench/wasm/loop.ts') }
        : undefined,
    )
  },
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

const bundled = async (
  name: string,
  compiledLoop: string,
  plugins: Plugin[],
): Promise<DecidingOn> => {
  const { build } = createRequire(resolve('package.json'))('esbuild') as typeof import('esbuild')
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: ['bench/wasm/work.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outfile,
    alias: { '@stowage/kernel': './packages/kernel/src/index.ts' },
    define: { compiledLoop: JSON.stringify(compiledLoop) },
    plugins,
  })
  const { decidingOn } = (await import(pathToFileURL(outfile).href)) as typeof work
  return decidingOn
}

interface Case {
  readonly nodes: number
  readonly classes: number
  readonly path?: DecidedBy
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
  { nodes: 100_000, classes: 200, decisions: 1_000 },
]

/** Shows that both still run and decide the same; says nothing of how fast. */
const smokeCases: readonly Case[] = [{ nodes: 700, classes: 20, path: 'index', decisions: 200 }]

const isSmoke = process.argv[3] === 'smoke'
const rounds = isSmoke ? 1 : 11

const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!

interface Ways {
  readonly script: DecidingOn
  readonly wasm: DecidingOn
}

/** How long both took of the processor, in each round. */
const measured = (
  ways: Ways,
  { nodes, classes, path, decisions }: Case,
): readonly (readonly [script: number, wasm: number])[] => {
  const script = ways.script(nodes, classes, path)
  const wasm = ways.wasm(nodes, classes, path)
  const round = (count: number): readonly [number, number] => {
    const [[one, inScript], [other, inWasm]] = [script(count), wasm(count)]
    if (one.join() !== other.join())
      throw new Error(`the two do not decide the same: ${nodes} nodes, ${classes} classes`)
    return [inScript, inWasm]
  }
  round(Math.max(decisions, 5 * classes))
  return Array.from({ length: rounds }, () => round(decisions))
}

const row = (ways: Ways, one: Case): Readonly<Record<string, unknown>> => {
  const times = measured(ways, one)
  const each = (microseconds: readonly number[]): string =>
    (median(microseconds) / one.decisions).toFixed(2)
  return {
    nodes: one.nodes,
    classes: one.classes,
    path: one.path ?? 'whichever pays',
    JavaScript: each(times.map(([script]) => script)),
    WebAssembly: each(times.map(([, wasm]) => wasm)),
    'times as fast': median(times.map(([script, wasm]) => script / wasm)).toFixed(2),
  }
}

const compiledLoop = compiled()
if (compiledLoop === undefined) console.log('Nothing is measured, as AssemblyScript is missing.')
else {
  const ways = {
    script: await bundled('in-script', compiledLoop, []),
    wasm: await bundled('in-wasm', compiledLoop, [replacing]),
  }
  console.log(
    `A decision and a stop, in microseconds of ${cpus()[0]?.model}, Node ${process.version}`,
  )
  console.table((isSmoke ? smokeCases : cases).map((one) => row(ways, one)))
}
