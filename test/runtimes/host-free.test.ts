/**
 * Tests the sandbox of `realm.ts`, which has no host such as Node: when a built package uses
 * anything of a host, such as `Date.now()`, a case of the conformance suite fails.
 * `runtimes.test.ts` runs the whole suite in this sandbox.
 */
import { readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSuite, type SuiteFiles } from './bundle.js'
import { inRealm } from './realm.js'
import type { CaseResult } from './suite/case.js'

let files: SuiteFiles
let script: string
beforeAll(async () => {
  files = await writeSuite()
  script = readFileSync(files.script, 'utf8')
}, 180_000)
afterAll(() => {
  rmSync(files.folder, { recursive: true })
})

const failures = (text: string, start: string): readonly string[] => {
  const json = inRealm(text, `JSON.stringify(stowageSuite.runSuite(${JSON.stringify(start)}))`)
  const results = JSON.parse(json as string) as readonly CaseResult[]
  expect(results.length).toBeGreaterThan(0)
  return results.flatMap(({ failure }) => failure ?? [])
}

/** The script with a statement at the beginning of a function of a package. */
const withPlant = (name: string, code: string): string => {
  const start = new RegExp(`^( *)var ${name} = \\(.*\\) => \\{$`, 'm')
  if (!start.test(script)) throw new Error(`no function ${name} in the script`)
  return script.replace(start, (line) => `${line} ${code};`)
}

/** Every library but `testing` itself, which is for test runners and imports one. */
const libraries = [
  ...['kernel', 'documents', 'fargate', 'ecs', 'kubernetes', 'workbench', 'simulator', 'optimizer'],
]
  .map((name) => `${name}/dist/index`)
  .concat('kernel/dist/plain', 'testing/dist/conformance')

describe('a touch of the host is seen', () => {
  it.each([
    ['Date.now()', 'Date'],
    ['new Date()', 'Date'],
    ['Math.random()', 'Math.random'],
    ['Math.log(2)', 'Math.log'],
    ["'a'.localeCompare('b')", 'String.prototype.localeCompare'],
    ['(1).toLocaleString()', 'Number.prototype.toLocaleString'],
    ["'a'.toLocaleUpperCase()", 'String.prototype.toLocaleUpperCase'],
    ['new Intl.Collator()', 'Intl'],
    ['setTimeout(() => {}, 0)', 'setTimeout'],
    ['queueMicrotask(() => {})', 'queueMicrotask'],
    ["fetch('http://host')", 'fetch'],
    ['process.env', 'process'],
    ['typeof process', 'process'],
    ["console.log('here')", 'console'],
    ['performance.now()', 'performance'],
    ['crypto.randomUUID()', 'crypto'],
    ['globalThis.Date', 'globalThis'],
    ['self', 'self'],
    ['new WeakRef({})', 'WeakRef'],
    ['Atomics', 'Atomics'],
    ["eval('1')", 'eval'],
    ["new Function('return 1')", 'Function'],
    ['nameOfTomorrow = 1', 'nameOfTomorrow'],
  ])('%s', (code, name) => {
    const [first] = failures(withPlant('place', code), 'kernel: bytes')
    expect(first).toBe(`touches the host: ${name}`)
  })

  it('by the constructor of functions, which compiles text', () => {
    const code = "(() => {}).constructor('return 1')()"
    const [first] = failures(withPlant('place', code), 'kernel: bytes')
    expect(first).toContain('Code generation from strings disallowed')
  })

  it.each([
    ['kernel', 'place', 'kernel: bytes'],
    ['kernel/plain', 'getOrThrow2', 'kernel: its scan'],
    ['documents', 'nearestNames', 'workbench: a document'],
    ['ecs', 'readEcs', 'ecs: host ports'],
    ['kubernetes', 'readKubernetes', 'workbench: a plan'],
    ['simulator', 'simulate', 'workbench and simulator'],
    ['optimizer', 'packingSolver', 'optimizer:'],
    ['fargate', 'isSoldOn', 'fargate:'],
    ['testing/conformance', 'admissionConformance', 'kubernetes: admission'],
    ['workbench', 'planWorkloads', 'workbench: a plan'],
  ])('in %s', (_, name, start) => {
    expect(failures(withPlant(name, 'Date.now()'), start)).toEqual([
      expect.stringContaining('touches the host: Date'),
    ])
  })

  it('while a package is loaded', () => {
    for (const library of libraries) {
      const start = `  // packages/${library}.js\n`
      expect(script.includes(start)).toBe(true)
      const text = script.replace(start, `${start}  Date.now();\n`)
      expect(() => inRealm(text, 'undefined')).toThrow('touches the host: Date')
    }
  })

  it('is not seen where nothing is planted', () => {
    for (const start of ['kernel: bytes', 'ecs:', 'fargate:', 'workbench', 'optimizer'])
      expect(failures(script, start)).toEqual([])
  })
})
