/**
 * Configures tsup, which bundles the packages:
 *
 * 1. each library as ES modules and as CommonJS;
 * 2. the kernel as a script, for pages without modules;
 * 3. the command line as ES modules;
 * 4. the playground as ES modules for the browser.
 *
 * `.config/declarations.js` adds the type declarations.
 *
 * Imports of CommonJS files of fp-ts and io-ts are redirected to their ES modules, which can be
 * tree-shaken, and are bundled.
 */
import { readFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'
import { seeThroughBarrels } from './.config/barrels.js'
import { libraries } from './.config/libraries.js'
import { writePlaygroundPage } from './.config/playground-page.js'
import { markPure } from './.config/pure.js'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** `fp-ts/lib/X.js` is read from `fp-ts/es6/X.js`. */
const treeShaken: Plugin = {
  name: 'fp-ts as ES modules',
  setup(build) {
    build.onResolve({ filter: /^(fp-ts|io-ts)(\/|$)/ }, (asked) => {
      if ((asked.pluginData as { isResolved?: boolean } | undefined)?.isResolved) return undefined
      const path = asked.path
        .replace(/^(fp-ts|io-ts)\/lib\//, '$1/es6/')
        .replace(/^io-ts$/, 'io-ts/es6/index.js')
      const { resolveDir, kind } = asked
      return build.resolve(path, { resolveDir, kind, pluginData: { isResolved: true } })
    })
  },
}

/**
 * The one statement of io-ts that runs when it is loaded: it gives recursive codecs a getter that
 * nothing reads, and with it every bundle would hold the class.
 */
const recursiveGetter = /^Object\.defineProperty\(RecursiveType\.prototype.*?^}\);$/ms

const markedTexts = new Map<string, string>()
const markedText = (path: string): string => {
  const known = markedTexts.get(path)
  if (known !== undefined) return known
  const marked = markPure(path, readFileSync(path, 'utf8').replace(recursiveGetter, ''))
  markedTexts.set(path, marked)
  return marked
}
const pureConstants: Plugin = {
  name: 'constants without effects',
  setup(build) {
    build.onLoad({ filter: /[\\/](src|es6)[\\/].*\.(ts|js)$/ }, ({ path }) => ({
      contents: markedText(path),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }))
  },
}

/** The same, for a bundle of several files: imports through a barrel name its files one by one. */
const pureFiles: Plugin = {
  name: 'files without barrels',
  setup(build) {
    build.onLoad({ filter: /[\\/](src|es6)[\\/].*\.(ts|js)$/ }, ({ path }) => ({
      contents: path.endsWith('.ts') ? seeThroughBarrels(markedText(path)) : markedText(path),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }))
  },
}

/** Our own packages are imported by name: the compiler's paths would lead into their sources. */
const apart: Plugin = {
  name: 'packages apart',
  setup(build) {
    build.onResolve({ filter: /^@stowage\// }, ({ path }) => {
      return { path, external: true, sideEffects: false }
    })
  },
}

/**
 * The plain entry of the kernel stands on what is built beside it. Were the kernel bundled into it
 * once more, its users would load the kernel twice.
 */
const besideIndex: Plugin = {
  name: 'plain beside index',
  setup(build) {
    const path = build.initialOptions.format === 'cjs' ? './index.cjs' : './index.js'
    build.onResolve({ filter: /^\.\.?\// }, ({ importer, path: asked }) => {
      const leaves = /[\\/]src[\\/]plain\.ts$/.test(importer)
        ? !asked.startsWith('./plain/')
        : /[\\/]src[\\/]plain[\\/][^\\/]+$/.test(importer) && asked.startsWith('../')
      return leaves ? { path, external: true, sideEffects: false } : undefined
    })
  },
}

/** What is bundled carries its licence along: both files lie beside the code that is published. */
const withLicence = (name: string) => async (): Promise<void> => {
  for (const file of ['LICENSE', 'NOTICE']) await copyFile(file, `packages/${name}/dist/${file}`)
}

/** `clean` would remove declarations; `treeshake` and `splitting` would bundle a second time. */
const common = { sourcemap: true, clean: false, dts: false, treeshake: false, splitting: false }

const library = (name: string, entries: readonly string[]): Options => ({
  ...common,
  name,
  onSuccess: withLicence(name),
  entry: Object.fromEntries(entries.map((entry) => [entry, `packages/${name}/src/${entry}.ts`])),
  outDir: `packages/${name}/dist`,
  tsconfig: `packages/${name}/tsconfig.json`,
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  noExternal: [/^fp-ts/, /^io-ts/],
  external: ['fast-check', 'jsonc-parser', 'yaml'],
  esbuildPlugins: [treeShaken, apart, besideIndex, pureConstants],
})

/** The kernel's plain entry for `<script>`, as a page without modules has no fp-ts either. */
const script: Options = {
  ...common,
  name: 'script',
  entry: { kernel: 'packages/kernel/src/plain.ts' },
  // A folder of its own, so that whatever writes to the one above leaves it alone.
  outDir: 'packages/kernel/dist/script',
  tsconfig: 'packages/kernel/tsconfig.json',
  format: ['iife'],
  globalName: 'stowage',
  outExtension: () => ({ js: '.js' }),
  platform: 'browser',
  target: 'es2022',
  minify: true,
  noExternal: [/^fp-ts/],
  esbuildPlugins: [treeShaken, pureConstants],
}

const commandLine: Options = {
  ...common,
  name: 'cli',
  onSuccess: withLicence('cli'),
  entry: { main: 'packages/cli/src/main.ts' },
  outDir: 'packages/cli/dist',
  tsconfig: 'packages/cli/tsconfig.json',
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  skipNodeModulesBundle: true,
  esbuildPlugins: [apart],
  // What a command needs is loaded when it is called: help costs no more than itself.
  splitting: true,
  clean: true,
}

/** The page and its worker, with all that they need; a platform is a file that is loaded later. */
const playground: Options = {
  ...common,
  name: 'playground',
  onSuccess: writePlaygroundPage,
  entry: {
    main: 'packages/playground/src/main.ts',
    worker: 'packages/playground/src/planner/worker.ts',
    'service-worker': 'packages/playground/src/offline/service-worker.ts',
  },
  outDir: 'packages/playground/dist',
  tsconfig: 'packages/playground/tsconfig.json',
  format: ['esm'],
  platform: 'browser',
  target: 'es2022',
  noExternal: [/.*/],
  // From the sources, file by file: what one platform alone needs is in its own file.
  esbuildPlugins: [treeShaken, pureFiles],
  ...{ splitting: true, minify: true, sourcemap: false, clean: true },
}

export default defineConfig([
  ...libraries.map(([name, ...entries]) => library(name, entries)),
  script,
  commandLine,
  playground,
])
