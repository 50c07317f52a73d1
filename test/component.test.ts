/**
 * Tests the kernel as a WebAssembly component on three hosts: Node (by jco), Python (by wasmtime)
 * and Go (by wazero). Each host runs an example of the docs, and all must print the same. A test is
 * skipped when the component is not built or the host is not installed.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

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
})
