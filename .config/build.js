/**
 * Builds what is published: for each library ES modules and CommonJS with declarations for both,
 * for the command line an ES module. The compiler writes the declarations, one for each source
 * file, under the names of the sources, so that "go to definition" leads to a page.
 *
 * fp-ts and io-ts have no `exports` map, so their deep CommonJS paths are sent to their ES modules,
 * which tree-shake, and bundled. `node .config/build.js --no-types` leaves the declarations out.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { build } from 'esbuild'
import { markPure } from './pure.js'

const libraries = [
  ['kernel', 'index', 'plain'],
  ['documents', 'index'],
  ['fargate', 'index'],
  ['ecs', 'index'],
  ['kubernetes', 'index'],
  ['workbench', 'index'],
  ['testing', 'index', 'conformance'],
]

/** `fp-ts/lib/X.js` is read from `fp-ts/es6/X.js`. */
const treeShaken = {
  name: 'fp-ts as ES modules',
  setup(build) {
    build.onResolve({ filter: /^(fp-ts|io-ts)(\/|$)/ }, (asked) => {
      if (asked.pluginData?.isResolved) return undefined
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

const markedTexts = new Map()
const markedText = (path) => {
  const known = markedTexts.get(path)
  if (known !== undefined) return known
  const marked = markPure(path, readFileSync(path, 'utf8').replace(recursiveGetter, ''))
  markedTexts.set(path, marked)
  return marked
}
const pureConstants = {
  name: 'constants without effects',
  setup(build) {
    build.onLoad({ filter: /[\\/](src|es6)[\\/].*\.(ts|js)$/ }, ({ path }) => ({
      contents: markedText(path),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }))
  },
}

/** Our own packages are imported by name: the compiler's paths would lead into their sources. */
const apart = {
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
const besideIndex = {
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

const common = { bundle: true, sourcemap: true, logLevel: 'warning', charset: 'utf8' }

const bundleLibrary = (name, entries, format) =>
  build({
    ...common,
    entryPoints: entries.map((entry) => `packages/${name}/src/${entry}.ts`),
    outdir: `packages/${name}/dist`,
    outExtension: { '.js': format === 'cjs' ? '.cjs' : '.js' },
    format,
    platform: 'neutral',
    target: 'es2022',
    external: ['fast-check', 'jsonc-parser', 'yaml'],
    plugins: [treeShaken, apart, besideIndex, pureConstants],
  })

const bundleCommandLine = () =>
  build({
    ...common,
    entryPoints: ['packages/cli/src/main.ts'],
    outdir: 'packages/cli/dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [apart],
  })

/** A relative import in a declaration, with its quotes. */
const relativeImport = /(['"])(\.\.?\/[^'"]+)\.js\1/g

/**
 * Copies the declarations that the entries of a library reach, once for ES modules and once for
 * CommonJS, where they name each other `.cjs`.
 */
const copyDeclarations = (name, entries) => {
  const reached = new Set(entries)
  for (const file of reached) {
    const text = readFileSync(`.tsbuild/${name}/${file}.d.ts`, 'utf8')
    const into = `packages/${name}/dist/${file}`
    mkdirSync(dirname(into), { recursive: true })
    writeFileSync(`${into}.d.ts`, text)
    writeFileSync(`${into}.d.cts`, text.replace(relativeImport, '$1$2.cjs$1'))
    for (const [, , path] of text.matchAll(relativeImport))
      reached.add(posix.join(posix.dirname(file), path))
  }
}

/** What is bundled carries its licence along: both files lie beside the code that is published. */
const copyLicence = (name) => {
  for (const file of ['LICENSE', 'NOTICE']) cpSync(file, `packages/${name}/dist/${file}`)
}

const writeDeclarations = () => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js')
  const projects = libraries.map(([name]) => `packages/${name}`)
  execFileSync(process.execPath, [compiler, '-b', ...projects], { stdio: 'inherit' })
  for (const [name, ...entries] of libraries) copyDeclarations(name, entries)
}

const hasTypes = !process.argv.includes('--no-types')
for (const name of [...libraries.map(([name]) => name), 'cli'])
  if (hasTypes) rmSync(`packages/${name}/dist`, { recursive: true, force: true })
await Promise.all([
  ...libraries.flatMap(([name, ...entries]) =>
    ['esm', 'cjs'].map((format) => bundleLibrary(name, entries, format)),
  ),
  bundleCommandLine(),
])
for (const name of [...libraries.map(([name]) => name), 'cli']) copyLicence(name)
if (hasTypes) writeDeclarations()
