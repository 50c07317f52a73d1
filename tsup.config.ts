/**
 * Builds what is published: ESM and CJS with types for each library, ESM for the command line.
 * fp-ts and io-ts have no `exports` map, so their deep CommonJS paths are sent to their ES modules,
 * which tree-shake, and bundled.
 */
import { copyFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'

const types = process.env['STOWAGE_TYPES'] !== 'no'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]
const treeShaken: Plugin = {
  name: 'fp-ts as ES modules',
  setup(build) {
    build.onResolve({ filter: /^(fp-ts|io-ts)(\/|$)/ }, (asked) => {
      if ((asked.pluginData as { resolved?: boolean } | undefined)?.resolved) return undefined
      const path = asked.path
        .replace(/^(fp-ts|io-ts)\/lib\//, '$1/es6/')
        .replace(/^io-ts$/, 'io-ts/es6/index.js')
      return build.resolve(path, {
        resolveDir: asked.resolveDir,
        kind: asked.kind,
        pluginData: { resolved: true },
      })
    })
  },
}

/** Our own packages are imported by name: the compiler's paths would lead into their sources. */
const apart: Plugin = {
  name: 'packages apart',
  setup(build) {
    build.onResolve({ filter: /^@stowage\// }, ({ path }) => ({ path, external: true }))
  },
}

/**
 * The plain entry of the kernel stands on what is built beside it. Were the kernel bundled into it
 * once more, there would be two `empty`, and taking the one would spend the other.
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

const library = (name: string, ...beside: readonly string[]): Options => ({
  name,
  onSuccess: withLicence(name),
  entry: Object.fromEntries(
    ['index', ...beside].map((entry) => [entry, `packages/${name}/src/${entry}.ts`]),
  ),
  outDir: `packages/${name}/dist`,
  tsconfig: `packages/${name}/tsconfig.json`,
  format: ['esm', 'cjs'],
  dts: types && {
    compilerOptions: {
      composite: false,
      incremental: false,
      emitDeclarationOnly: false,
      rootDir: '.',
      ignoreDeprecations: '6.0',
    },
  },
  platform: 'neutral',
  target: 'es2022',
  sourcemap: true,
  clean: types,
  treeshake: false,
  splitting: false,
  noExternal: [/^fp-ts/, /^io-ts/],
  external: [/^@stowage\//, 'fast-check', 'jsonc-parser', 'yaml'],
  esbuildPlugins: [treeShaken, besideIndex],
})

const commandLine: Options = {
  name: 'cli',
  onSuccess: withLicence('cli'),
  entry: { main: 'packages/cli/src/main.ts' },
  outDir: 'packages/cli/dist',
  tsconfig: 'packages/cli/tsconfig.json',
  format: ['esm'],
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  clean: true,
  dts: false,
  skipNodeModulesBundle: true,
  esbuildPlugins: [apart],
}

const libraries = ['documents', 'fargate', 'ecs', 'kubernetes', 'workbench']

export default defineConfig([
  library('kernel', 'plain'),
  ...libraries.map((name) => library(name)),
  library('testing', 'conformance'),
  commandLine,
])
