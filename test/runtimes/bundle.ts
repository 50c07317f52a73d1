/**
 * Bundles the conformance suite (tests that every runtime runs) with the built packages, in the
 * forms that the runtimes need: an ES module, a script, and programs that import or require the
 * packages.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { recordedTexts } from './recorded.js'

/** Files of the suite; `external` ones leave the packages to the runtime, which finds them. */
export interface SuiteFiles {
  readonly folder: string
  /** An ES module with everything in it, which exports `runSuite`. */
  readonly module: string
  /** A script with everything in it, which sets `stowageSuite.runSuite`. */
  readonly script: string
  /** Programs that print the results, and import or require the packages by name. */
  readonly importing: string
  readonly requiring: string
}

const bundled = async (
  format: 'esm' | 'cjs' | 'iife',
  isWhole: boolean,
  texts: string,
): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [resolve('test/runtimes/suite/suite.ts')],
    ...{ bundle: true, write: false, format, target: 'es2022', platform: 'neutral' },
    ...(format === 'iife' ? { globalName: 'stowageSuite' } : {}),
    ...(isWhole ? { mainFields: ['module', 'main'] } : { external: ['@stowage/*'] }),
    banner: { js: `const recordedTexts = JSON.parse(${JSON.stringify(texts)})` },
    // The compiler's paths would lead into the sources.
    tsconfigRaw: {},
    // Only what the suite imports is asked of the built packages; sources of others stay out.
    conditions: format === 'cjs' ? ['require'] : ['import'],
  })
  return outputFiles[0]!.text
}

const print = 'console.log(JSON.stringify(runSuite()))\n'

/** Writes the files below the project, so that packages are found by their names. */
export const writeSuite = async (): Promise<SuiteFiles> => {
  mkdirSync('.stryker', { recursive: true })
  const folder = mkdtempSync(resolve('.stryker', 'runtimes-'))
  const texts = JSON.stringify(await recordedTexts())
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  put('external.mjs', await bundled('esm', false, texts))
  put('external.cjs', await bundled('cjs', false, texts))
  return {
    folder,
    module: put('suite.mjs', await bundled('esm', true, texts)),
    script: put('suite.js', await bundled('iife', true, texts)),
    importing: put('import.mjs', `import { runSuite } from './external.mjs'\n${print}`),
    requiring: put('require.cjs', `const { runSuite } = require('./external.cjs')\n${print}`),
  }
}
