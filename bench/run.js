/** Bundles the benches from source and runs them: what is measured is what is built. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-'))
const outfile = join(folder, 'bench.mjs')
await build({
  entryPoints: ['bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile,
  alias: Object.fromEntries(
    ['kernel', 'fargate', 'ecs'].map((name) => [
      `@stowage/${name}`,
      `./packages/${name}/src/index.ts`,
    ]),
  ),
})
try {
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(folder, { recursive: true })
}
