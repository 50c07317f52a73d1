/**
 * Builds the kernel as a WebAssembly component, after `npm run build`: `npm run component`.
 *
 * 1. Bundles `kernel.js`, which implements the interface in `kernel.wit`.
 * 2. Compiles the bundle, together with a JavaScript engine, to a component without imports.
 * 3. Converts the component to a core module with JavaScript glue code, for runtimes such as Node.
 *
 * The files go to `component/dist`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { componentize } from '@bytecodealliance/componentize-js'
import { transpile } from '@bytecodealliance/jco'
import { build } from 'esbuild'
import { coresModule } from './cores.js'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, 'dist')
mkdirSync(out, { recursive: true })

const { outputFiles } = await build({
  entryPoints: [join(here, 'kernel.js')],
  ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022' },
  platform: 'neutral',
  // The compiler's paths would lead into the sources.
  tsconfigRaw: {},
})
const { component, imports } = await componentize(outputFiles[0].text, {
  witPath: join(here, 'kernel.wit'),
  worldName: 'kernel',
  // What the kernel does not call is left out, so that the component imports nothing.
  disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'],
})
// Whoever runs it keeps the handles of a resource that is exported: that is no import of a host.
const hosts = imports.filter(([module]) => !module.startsWith('[export]'))
if (hosts.length > 0) throw new Error(`the component imports ${JSON.stringify(hosts)}`)
writeFileSync(join(out, 'kernel.wasm'), component)

const { files } = await transpile(component, {
  name: 'kernel',
  instantiation: { tag: 'async' },
  noNodejsCompat: true,
})
for (const [name, bytes] of Object.entries(files)) {
  mkdirSync(dirname(join(out, name)), { recursive: true })
  writeFileSync(join(out, name), bytes)
}
const cores = Object.keys(files).filter((name) => name.endsWith('.wasm'))
writeFileSync(join(out, 'cores.mjs'), coresModule(cores))
console.log(`component/dist/kernel.wasm: ${component.length} bytes, no imports`)
