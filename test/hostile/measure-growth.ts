/**
 * Runs the program `growth.ts` and reads its report: how the work of the command line grows with
 * hostile inputs. The program is bundled and has a process of its own, in which no function was
 * called before the counting began.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { GrowthReport } from './growth.js'

const { build } = createRequire(resolve('package.json'))('esbuild') as typeof import('esbuild')

/** The report on the inputs with one of these words in their names; on all without a word. */
export const measureGrowth = async (words: readonly string[] = []): Promise<GrowthReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-growth-'))
  try {
    const outfile = join(folder, 'growth.cjs')
    await build({
      ...{ entryPoints: ['test/hostile/growth.ts'], outfile, bundle: true },
      ...{ platform: 'node', format: 'cjs', mainFields: ['module', 'main'] },
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(resolve('package.json'))) },
    })
    return JSON.parse(
      execFileSync(process.execPath, [outfile, ...words], { encoding: 'utf8' }),
    ) as GrowthReport
  } finally {
    rmSync(folder, { recursive: true })
  }
}
