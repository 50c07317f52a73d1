/**
 * Defines the runtimes in which the conformance suite runs, such as Deno and Chromium, and how each
 * is started. Runtimes from npm are installed in this folder by `npm run install-runtimes`, apart
 * from the project's dependencies, because they are large and no other test needs them.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { SuiteFiles } from './bundle.js'
import { inRealm } from './realm.js'
import type { CaseResult } from './suite/case.js'
import { servedFrom, workerdPath } from './workerd.js'

/** A runtime, and how the suite runs in it. */
export interface Runtime {
  readonly name: string
  /** The files without which it cannot be started. */
  readonly needs: readonly string[]
  /** The results as JSON. */
  readonly run: (files: SuiteFiles) => Promise<string>
}

const home = resolve('test/runtimes')
const modules = join(home, 'node_modules')
const own = (path: string): string => join(modules, path)
const installed = createRequire(join(home, 'package.json'))

const output = async (command: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 2 ** 26 })
  return stdout
}

const evaluated = 'JSON.stringify(stowageSuite.runSuite())'
const script = ({ script: path }: SuiteFiles): string => readFileSync(path, 'utf8')

/** A runtime that is started with a program, and prints. */
const program = (
  name: string,
  command: string,
  file: 'importing' | 'requiring',
  args: readonly string[] = [],
): Runtime => ({ name, needs: [command], run: (files) => output(command, [...args, files[file]]) })

const newestNode = own('node/bin/node')
/** No files and no network; the package `yaml` reads two variables, to debug itself. */
const deno = ['run', '--no-remote', '--no-prompt', '--no-lock', '--allow-env=LOG_TOKENS,LOG_STREAM']

/** The realm has the language alone; what touches a host throws. */
const hostFree: Runtime = {
  name: 'a realm without a host',
  needs: [process.execPath],
  run: (files) => Promise.resolve(inRealm(script(files), evaluated) as string),
}

interface EdgeModule {
  readonly EdgeVM: new () => { readonly evaluate: (code: string) => unknown }
}
const edge: Runtime = {
  name: '@edge-runtime/vm',
  needs: [own('@edge-runtime/vm')],
  run: (files) => {
    const { EdgeVM } = installed('@edge-runtime/vm') as EdgeModule
    const vm = new EdgeVM()
    vm.evaluate(script(files))
    return Promise.resolve(vm.evaluate(evaluated) as string)
  },
}

interface QuickJsModule {
  readonly newQuickJSWASMModuleFromVariant: (variant: unknown) => Promise<{
    readonly newRuntime: () => {
      readonly setMaxStackSize: (bytes: number) => void
      readonly newContext: () => {
        readonly evalCode: (code: string) => unknown
        readonly unwrapResult: (result: unknown) => unknown
        readonly getString: (handle: unknown) => string
      }
    }
  }>
}
const quickJs: Runtime = {
  name: 'QuickJS',
  needs: [own('quickjs-emscripten-core')],
  run: async (files) => {
    const { newQuickJSWASMModuleFromVariant: load } = installed(
      'quickjs-emscripten-core',
    ) as QuickJsModule
    const runtime = (await load(installed('@jitl/quickjs-wasmfile-release-sync'))).newRuntime()
    runtime.setMaxStackSize(0)
    const context = runtime.newContext()
    context.unwrapResult(context.evalCode(script(files)))
    return context.getString(context.unwrapResult(context.evalCode(evaluated)))
  },
}

const worker = `import { runSuite } from './suite.mjs'
export default { fetch: () => new Response(JSON.stringify(runSuite())) }
`
const workerd: Runtime = {
  name: 'workerd',
  needs: [workerdPath],
  run: ({ folder }) => {
    writeFileSync(join(folder, 'worker.js'), worker)
    return servedFrom(folder, ['worker.js', 'suite.mjs'])
  },
}

/** Debian's package; another browser of the kind where the variable names one. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** What Chromium is started with: as root, without a screen, and calling nobody. */
export const chromiumFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

interface PlaywrightModule {
  readonly chromium: {
    readonly launch: (options: object) => Promise<{
      readonly newPage: () => Promise<{
        readonly goto: (url: string) => Promise<unknown>
        readonly waitForFunction: (
          code: string,
          arg?: unknown,
          options?: object,
        ) => Promise<unknown>
        readonly evaluate: (code: string) => Promise<unknown>
      }>
      readonly close: () => Promise<void>
    }>
  }
}

/** A page that may load scripts of its own origin and nothing else, and compiles no text. */
const chromium: Runtime = {
  name: 'Chromium',
  needs: [chromiumPath],
  run: async ({ module }) => {
    const bodies: Readonly<Record<string, readonly [type: string, text: string]>> = {
      '/': ['text/html', '<script type="module" src="/run.mjs"></script>'],
      '/run.mjs': [
        'text/javascript',
        "import { runSuite } from './suite.mjs'\nglobalThis.results = JSON.stringify(runSuite())",
      ],
      '/suite.mjs': ['text/javascript', readFileSync(module, 'utf8')],
    }
    const server = createServer(({ url = '/' }, response) => {
      const [type, text] = bodies[url] ?? ['text/plain', '']
      response.setHeader('content-type', type)
      response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'")
      response.end(text)
    })
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
    const { chromium: browserType } = installed('playwright-core') as PlaywrightModule
    const browser = await browserType.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await page.waitForFunction('globalThis.results !== undefined', undefined, {
        timeout: 120_000,
      })
      return (await page.evaluate('globalThis.results')) as string
    } finally {
      await browser.close()
      server.close()
    }
  },
}

/** All of them; the first is the one that the others are compared with. */
export const runtimes: readonly Runtime[] = [
  program('Node 20, imported', process.execPath, 'importing'),
  program('Node 20, required', process.execPath, 'requiring'),
  program('the newest Node, imported', newestNode, 'importing'),
  program('the newest Node, required', newestNode, 'requiring'),
  program('Deno', own('deno/deno'), 'importing', deno),
  program('Bun, imported', own('bun/bin/bun.exe'), 'importing'),
  program('Bun, required', own('bun/bin/bun.exe'), 'requiring'),
  workerd,
  edge,
  quickJs,
  chromium,
  hostFree,
]

/** Why a runtime cannot be started here; nothing where it can. */
export const missing = ({ name, needs }: Runtime): string | undefined => {
  const absent = needs.find((path) => !existsSync(path))
  if (absent === undefined) return undefined
  const how =
    absent === chromiumPath
      ? "install Debian's package chromium, or name a browser in CHROMIUM"
      : 'run `npm run install-runtimes`'
  return `${name} needs ${absent}: ${how}`
}

/** Runs the suite; throws where what came back are no results. */
export const resultsIn = async (
  runtime: Runtime,
  files: SuiteFiles,
): Promise<readonly CaseResult[]> => JSON.parse(await runtime.run(files)) as CaseResult[]
