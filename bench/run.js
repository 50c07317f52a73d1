/**
 * Bundles the benches from source and runs them. The first argument names the bench, and further
 * arguments go to that bench:
 *
 * - none: all suites of `bench/main.ts`;
 * - `peers`: the speed beside that of kube-scheduler;
 * - `targets`: each figure for which the design sets a target;
 * - `wasm`: what a loop in WebAssembly would gain;
 * - `component`: what the kernel as a WebAssembly component costs;
 * - `dumps`: the command line on dumps of clusters;
 * - `hostile`: the command line on inputs that are made to stall it;
 * - `provision`: how far choices of machines are above the lower bound of their cost.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Beside node_modules, as what the packages depend on is loaded from there, just as it is for those
// who embed them.
mkdirSync('.stryker', { recursive: true })
const folder = mkdtempSync(resolve('.stryker', 'bench-'))
const others = {
  component: ['component'],
  dumps: ['dumps'],
  hostile: ['hostile'],
  'hostile-parts': ['hostile-parts'],
  peers: ['peers', 'ours'],
  provision: ['provision'],
  targets: ['targets'],
  wasm: ['wasm'],
}
const entries = others[process.argv[2]] ?? ['main']
await build({
  entryPoints: entries.map((name) => `bench/${name}.ts`),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  // The command line has a version of its own of this package, which is not an ES module.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url)",
  },
  alias: {
    commander: createRequire(resolve('packages/cli/package.json')).resolve('commander'),
    ...Object.fromEntries(
      ['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench', 'optimizer'].map(
        (name) => [`@stowage/${name}`, `./packages/${name}/src/index.ts`],
      ),
    ),
  },
})
try {
  const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href)
  const { peers } = await load(entries[0])
  peers?.('test/oracle/kube-scheduler', join(folder, 'ours.mjs'), process.argv.slice(3))
} finally {
  rmSync(folder, { recursive: true })
}
