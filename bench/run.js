/**
 * Bundles the benches from source and runs them: what is measured is what is built. `node
 * bench/run.js peers` runs ours beside upstream's scheduler, `node bench/run.js targets` prints
 * what the design asks for (only the rows with the words after it), `node bench/run.js wasm` what
 * WebAssembly would buy, `node bench/run.js component` what the kernel as a component costs, `node
 * bench/run.js dumps` what the command line costs on dumps of clusters, `node bench/run.js
 * provision` how far choices of machines are above their bounds, `node bench/run.js playground`
 * what the page weighs and takes.
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
  playground: ['playground'],
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
