/**
 * Bundles the benches from source and runs them: what is measured is what is built. `node bench/run.js peers` runs ours beside
 * upstream's scheduler.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-'))
const arePeers = process.argv[2] === 'peers'
await build({
  entryPoints: arePeers ? ['bench/peers.ts', 'bench/ours.ts'] : ['bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  alias: Object.fromEntries(
    ['kernel', 'fargate', 'ecs', 'kubernetes'].map((name) => [
      `@stowage/${name}`,
      `./packages/${name}/src/index.ts`,
    ]),
  ),
})
try {
  const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href)
  if (arePeers) {
    const { peers } = await load('peers')
    peers('test/oracle/kube-scheduler', join(folder, 'ours.mjs'), process.argv.slice(3))
  } else await load('main')
} finally {
  rmSync(folder, { recursive: true })
}
