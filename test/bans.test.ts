/**
 * Tests the lint rules of `.config/bans.js`, which ban code such as `Date.now()`. Every ban has a
 * sample that breaks it and is reported with the reason of the ban; correct samples are not
 * reported. Lint rules that need types are off, because the samples are in no file.
 */
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  overrideConfigFile: '.config/eslint.config.js',
  overrideConfig: [tseslint.configs.disableTypeChecked],
})

const inKernel = 'packages/kernel/src/rule/text.ts'
const inAdapter = 'packages/ecs/src/words/text.ts'
const inWorkbench = 'packages/workbench/src/view/text.ts'
const inCli = 'packages/cli/src/text.ts'

const complaints = async (filePath: string, text: string): Promise<readonly string[]> => {
  const [result] = await eslint.lintText(text, { filePath })
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`)
}

/** A part of the reason given, and texts that must each be answered with it. */
const banned: readonly (readonly [reason: string, texts: readonly string[]])[] = [
  [
    'the time zone of the host',
    [
      'export const now = Date.now()',
      'export const now = new Date(0)',
      'export const clock = { now: Date.now }',
    ],
  ],
  ['the locale data of the runtime', ['export const order = new Intl.Collator().compare']],
  [
    'may backtrack for ever',
    [
      'export const make = (text: string) => new RegExp(text)',
      'export const make = (text: string) => RegExp(text)',
    ],
  ],
  [
    'the collector or another thread',
    [
      'export const seen = new WeakRef({})',
      'export const seen = new FinalizationRegistry(String)',
      'export const shared = new SharedArrayBuffer(8)',
      'export const wait = Atomics.wait',
    ],
  ],
  [
    'is the host',
    [
      'export const host = globalThis',
      'export const host = global',
      'export const host = self',
      'export const host = window',
      'export const host = document',
      'export const host = navigator',
      'export const host = process.env',
      "console.log('here')",
    ],
  ],
  [
    'a clock, a source of chance or a way out',
    [
      'export const now = performance.now()',
      'export const id = crypto.randomUUID()',
      "export const page = fetch('there')",
      'export const request = new XMLHttpRequest()',
      "export const socket = new WebSocket('there')",
      "export const worker = new Worker('there')",
      'export const bytes = Buffer.alloc(1)',
    ],
  ],
  [
    'waits for the clock of the host',
    [
      'setTimeout(() => undefined, 1)',
      'setInterval(() => undefined, 1)',
      'setImmediate(() => undefined)',
      'queueMicrotask(() => undefined)',
      'requestAnimationFrame(() => undefined)',
    ],
  ],
  [
    'runs text as code',
    ["export const one = eval('1')", "export const one = new Function('return 1')"],
  ],
  [
    'Only the exact members of Math',
    'random log log2 log10 log1p exp expm1 pow cbrt hypot sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh'
      .split(' ')
      .map((name) => `export const answer = Math.${name}(1, 2)`)
      .concat("export const answer = Math['log'](2)", 'export const curve = Math.sin'),
  ],
  [
    'Name the member of Math',
    ['export const { log } = Math', 'export const read = (name: keyof typeof Math) => name'],
  ],
  [
    '`**` is not exact',
    [
      'export const square = (side: number) => side ** 2',
      'export const square = (side: number) => (side **= 2)',
    ],
  ],
  [
    'Locale methods depend on the locale',
    [
      'export const say = (count: number) => count.toLocaleString()',
      "export const say = (text: string) => text['toLocaleUpperCase']()",
      'export const order = (a: string, b: string) => a.localeCompare(b)',
      "export const { localeCompare } = 'text'",
    ],
  ],
  [
    'A pattern that is not a literal',
    [
      'export const found = (text: string, pattern: string) => text.match(pattern)',
      "export const found = (text: string) => text.matchAll('a+')",
      'export const found = (text: string, pattern: string) => text?.search(pattern)',
    ],
  ],
  [
    '`as any` switches the types off',
    ['export const value = (1 as any).two', 'export const value = (<any>1).two'],
  ],
  [
    'by the back door',
    [
      'export const at = (when: Date): number => Number(when)',
      'export type Clock = typeof Date',
      'export const holds = (pattern: RegExp): boolean => pattern.flags.length > 0',
    ],
  ],
  [
    'A dynamic import is input',
    [
      "export const later = () => import('./expr.js')",
      "export type Expr = import('./expr.js').Expr",
    ],
  ],
  ['where the host has put the file', ['export const here = import.meta.url']],
  [
    'import no host API',
    [
      "import { readFileSync } from 'node:fs'\nexport const read = readFileSync",
      "import { readFile } from 'fs/promises'\nexport const read = readFile",
      "import type { Hash } from 'crypto'\nexport type Made = Hash",
      "export { join } from 'node:path'",
      "import 'node:process'",
    ],
  ],
  [
    'do not fit into the arguments of a call',
    [
      'export const add = (to: number[], all: number[]) => to.push(...all)',
      'export const first = (all: number[]) => Math.min(0, ...all)',
    ],
  ],
  ['A barrel lists names', ["export * from './expr.js'", "export * as expr from './expr.js'"]],
  [
    'An enum is not erasable',
    ['export enum Phase { Running }', 'export const enum Phase { Running }'],
  ],
  [
    'In a pipe the type is inferred',
    [
      "import * as E from 'fp-ts/lib/Either.js'\nexport const next = E.map((one: number) => one + 1)(E.right(1))",
    ],
  ],
  [
    'Of equal keys neither comes first',
    [
      'export const ordered = (names: string[]) => names.sort((a, b) => (a < b ? -1 : 1))',
      'export const ordered = (names: string[]) => names.toSorted((a, b) => (a > b ? -1 : 1))',
    ],
  ],
  ['A namespace is not erasable', ['export namespace Inner { export const one = 1 }']],
  [
    'A default export has no name',
    ['export default 1', 'const one = 1\nexport { one as default }'],
  ],
  [
    'Import fp-ts/lib/X.js',
    [
      "import { either } from 'fp-ts'\nexport const it = either",
      "import * as E from 'fp-ts/Either'\nexport const it = E",
      "import * as E from 'fp-ts/lib/Either'\nexport const it = E",
      "import * as E from 'fp-ts/es6/Either.js'\nexport const it = E",
    ],
  ],
  [
    'The kernel decodes no vendor words',
    [
      "import * as t from 'io-ts'\nexport const word = t.string",
      "import type { Type } from 'io-ts/lib/Type.js'\nexport type Codec = Type<string>",
    ],
  ],
]

const clean = `
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from './absurd.js'
export type { Reason } from './reason.js'
export const half = (column: Float64Array, index: number): number => Math.floor(column[index]! / 2)
export const root = (square: number): number => Math.sqrt(Math.max(0, square))
export const words = (text: string): readonly string[] => text.split(' ').map((word) => word.replace(/-+/g, ''))
export const numbered = (text: string): boolean => text.match(/^[0-9]+$/) !== null || /x/.test(text)
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const within = (window: number, process: Array<number>): boolean => process.includes(window)
export const worded = (answer: E.Either<string, number>): string =>
  pipe(answer, E.match((fault) => fault, (count) => String(count)))
export const end = (never: never): never => absurd(never)
`

/** Every reason that the configuration holds for a file, whatever the rule. */
const reasonsFor = async (path: string): Promise<readonly string[]> => {
  const { rules } = (await eslint.calculateConfigForFile(path)) as { rules: object }
  const reasons: string[] = []
  JSON.stringify(rules, (key, value: unknown) => {
    if (key === 'message') reasons.push(String(value))
    return value
  })
  return reasons
}

describe('the bans', () => {
  for (const [reason, texts] of banned)
    it.each(texts)(`${reason}: %s`, async (text) => {
      const reports = await complaints(inKernel, text)
      expect(reports.filter((complaint) => complaint.includes(reason))).not.toEqual([])
    })

  it('leave what is pure alone', async () => {
    expect(await complaints(inKernel, clean)).toEqual([])
  })

  it('have each a text that breaks them', async () => {
    const reasons = await reasonsFor(inKernel)
    expect(reasons.length).toBeGreaterThan(banned.length)
    expect(reasons.filter((reason) => !banned.some(([part]) => reason.includes(part)))).toEqual([])
  })

  it('cannot be lifted by a comment', async () => {
    const reports = await complaints(
      inKernel,
      '/* eslint-disable */\nexport const now = Date.now()',
    )
    expect(reports.join('\n')).toContain('the time zone of the host')
  })
})

describe('where the bans hold', () => {
  const clock = 'export const now = Date.now()'
  const files = "import { readFileSync } from 'node:fs'\nexport const read = readFileSync"
  const codec = "import * as t from 'io-ts'\nexport const word = t.string"

  it('in the adapters and the workbench as in the kernel, codecs apart', async () => {
    for (const path of [inAdapter, inWorkbench]) {
      expect(await complaints(path, clock)).toHaveLength(1)
      expect(await complaints(path, files)).toHaveLength(1)
      expect(await complaints(path, codec)).toEqual([])
    }
  })

  it('neither in the command line nor in tests', async () => {
    for (const path of [inCli, 'packages/kernel/src/rule/text.test.ts'])
      expect(await complaints(path, `${clock}\n${files}`)).toEqual([])
  })

  it('what the house forbids holds there too, and a configuration file may have its default', async () => {
    expect(await complaints(inCli, "export * from './text.js'")).toHaveLength(1)
    expect(await complaints(inCli, 'export default 1')).toHaveLength(1)
    expect(await complaints('vitest.config.ts', 'export default 1')).toEqual([])
  })

  it('a planted bug is looked for in the same cases at every run', async () => {
    const lucky = 'export const found = (property) => fc.check(property).failed'
    const [complaint, ...others] = await complaints('packages/kernel/src/rule/text.test.ts', lucky)
    expect(complaint).toContain('some run misses the planted bug')
    expect(others).toEqual([])
    expect(await complaints('packages/testing/src/agreement/text.ts', lucky)).toEqual([])
  })

  it('nothing is asked of what is built', async () => {
    expect(await eslint.isPathIgnored('packages/kernel/dist/index.js')).toBe(true)
    expect(await eslint.isPathIgnored(inKernel)).toBe(false)
  })
})
