/**
 * Tests the kernel as a WebAssembly component on every host that is installed: Node and workerd by
 * jco, Python by wasmtime, Go by wazero. Each runs an example of the docs, and all must print the
 * same; on the first two the seeded decisions of the conformance suite go through the interface
 * too. Without the built component, or without a host, a test is skipped by name.
 */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servedBy, servedFrom, workerdPath } from './runtimes/workerd.js'

const built = resolve('component/dist')
const isBuilt = existsSync(resolve(built, 'kernel.wasm'))
const howToBuild = isBuilt ? '' : ', once `npm run install-component && npm run component` were run'

const run = (command: string, args: readonly string[], cwd = process.cwd()): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Whether a command succeeds, such as one that asks for a version. */
const works = (command: string, args: readonly string[], cwd?: string): boolean => {
  try {
    run(command, args, cwd)
    return true
  } catch {
    return false
  }
}

const python = process.env['PYTHON'] ?? 'python3'
const hasPython = isBuilt && works(python, ['-c', 'import wasmtime.component'])
const goExample = resolve('docs/examples/component/go')
const hasGo = isBuilt && works('go', ['mod', 'download'], goExample)

describe(`a component${howToBuild}`, () => {
  const refusal = 'node: found "{", expected JSON'

  it.skipIf(!isBuilt)('answers in Node, and its errors leave it alive', () => {
    const [answer, ...refusals] = run(process.execPath, ['docs/examples/component/host.mjs'])
      .trimEnd()
      .split('\n')
    expect(answer).toMatch(/^2 placed, 1 not/)
    expect(refusals[0]).toBe(refusal)
    expect(refusals[1]).toContain('"at":["name"],"found":"nothing"')
  })

  it.skipIf(!hasPython)(
    hasPython ? 'answers in Python' : `answers in Python, where ${python} has wasmtime`,
    () => {
      const args = ['docs/examples/component/python/host.py', resolve(built, 'kernel.wasm')]
      expect(run(python, args)).toBe(`2 placed, 1 not\n${refusal}\n`)
    },
    300_000,
  )

  it.skipIf(!hasGo)(
    hasGo ? 'answers in Go' : 'answers in Go, where go is installed and reaches its modules',
    () => {
      const args = ['run', '.', resolve(built, 'kernel.core.wasm'), resolve('.stryker/wazero')]
      expect(run('go', args, goExample)).toBe(`2 placed, 1 not\n${refusal}\n`)
    },
    300_000,
  )

  const hasWorkerd = isBuilt && existsSync(workerdPath)
  const inWorkerd = hasWorkerd
    ? 'in workerd'
    : 'in workerd, once `npm run install-runtimes` was run'

  it.skipIf(!hasWorkerd)(`answers ${inWorkerd}`, async () => {
    const config = 'docs/examples/component/worker/workerd.capnp'
    expect(await servedBy(config)).toBe(`2 placed, 1 not\n${refusal}`)
  })

  describe.skipIf(!isBuilt)('decides the seeded decisions of the suite as the package does', () => {
    /** The built component, and beside it the decisions, bundled with the built package. */
    let folder: string
    beforeAll(async () => {
      mkdirSync('.stryker', { recursive: true })
      folder = mkdtempSync(resolve('.stryker', 'component-'))
      cpSync(built, folder, { recursive: true })
      await build({
        entryPoints: ['test/component/decisions.ts'],
        ...{ bundle: true, format: 'esm', target: 'es2022', platform: 'neutral' },
        outfile: join(folder, 'decisions.mjs'),
        // The compiler's paths would lead into the sources.
        tsconfigRaw: {},
      })
    })
    afterAll(() => {
      rmSync(folder, { recursive: true })
    })
    const expectEqualHashes = (text: string): void => {
      const [inside, ofPackage] = text.trim().split(' ')
      expect(inside).toMatch(/^[0-9a-f]{16}$/)
      expect(inside).toBe(ofPackage)
    }
    const load = `import { decisionHashes } from './decisions.mjs'
import { instantiate } from './kernel.js'
`

    it('in Node', () => {
      const compile =
        'async (name) => WebAssembly.compile(await readFile(new URL(name, import.meta.url)))'
      const program = `import { readFile } from 'node:fs/promises'
${load}const { scheduler } = await instantiate(${compile}, {})
console.log(decisionHashes(scheduler))
`
      writeFileSync(join(folder, 'host.mjs'), program)
      expectEqualHashes(run(process.execPath, [join(folder, 'host.mjs')]))
    }, 180_000)

    it.skipIf(!hasWorkerd)(
      inWorkerd,
      async () => {
        const program = `import { coreOf } from './cores.mjs'
${load}const { scheduler } = await instantiate(coreOf, {})
export default { fetch: () => new Response(decisionHashes(scheduler)) }
`
        writeFileSync(join(folder, 'seeded.js'), program)
        const cores = readdirSync(folder).filter(
          (name) => /\.wasm$/.test(name) && name !== 'kernel.wasm',
        )
        const modules = ['seeded.js', 'decisions.mjs', 'kernel.js', 'cores.mjs', ...cores]
        expectEqualHashes(await servedFrom(folder, modules))
      },
      180_000,
    )
  })
})
