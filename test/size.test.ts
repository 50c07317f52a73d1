/**
 * Checks the bundle sizes of the built packages (minified ES modules, in bytes, some after gzip)
 * against ceilings. Importing a constant must add almost nothing, and importing one function must
 * add only the code that this function needs.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const bundled = async (code: string): Promise<Uint8Array> => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    // The compiler's paths would lead into the sources.
    tsconfigRaw: {},
  })
  return outputFiles[0]!.contents
}
const zipped = (code: Uint8Array): number => gzipSync(code, { level: 9 }).length

const entries = [
  'kernel',
  'kernel/plain',
  'documents',
  'fargate',
  'ecs',
  'kubernetes',
  'workbench',
  'simulator',
  'optimizer',
  'testing/conformance',
]

describe('nothing runs when a library is loaded', () => {
  it.each(entries)('%s', async (entry) => {
    // A namespace that is only named is used by no one: what is left has an effect of its own.
    const code = await bundled(`import * as library from '@stowage/${entry}'; void library`)
    expect(new TextDecoder().decode(code)).toBe('')
  })
})

/** Each path with its ceiling in bytes after gzip; a path that gets lighter lowers its ceiling. */
const ceilings: readonly (readonly [path: string, code: string, bytes: number])[] = [
  ['cpu', "export { cpu } from '@stowage/kernel'", 60],
  ['parseQuery', "export { parseQuery } from '@stowage/ecs'", 6_200],
  ['kubernetesWarnings', "export { kubernetesWarnings } from '@stowage/kubernetes'", 2_500],
  ['place', "export { batch, define, empty, join, place } from '@stowage/kernel'", 13_200],
  [
    'place by index',
    "export { allowIndexes, batch, define, empty, join, place } from '@stowage/kernel'",
    25_500,
  ],
  ['runTask', "export { clusterOf, runTask } from '@stowage/ecs'", 58_200],
]

it.each(ceilings)('%s weighs what its code weighs', async (_, code, bytes) => {
  const size = zipped(await bundled(code))
  expect(size).toBeLessThan(bytes)
  // A ceiling far above the path would let it grow unseen.
  expect(size).toBeGreaterThan(0.75 * bytes)
})

/** Each entry with everything in it, and the script of the kernel, in bytes after gzip. */
const whole: readonly (readonly [entry: string, bytes: number])[] = [
  ['kernel', 58_600],
  ['kernel/plain', 59_100],
  ['documents', 3_800],
  ['fargate', 17_500],
  ['ecs', 180_000],
  ['kubernetes', 304_500],
  ['workbench', 523_500],
  ['simulator', 41_200],
  ['optimizer', 7_700],
  ['testing/conformance', 279_000],
]

it.each(whole)('all of %s weighs what it weighed', async (entry, bytes) => {
  const size = zipped(await bundled(`export * from '@stowage/${entry}'`))
  expect(size).toBeLessThan(bytes)
  expect(size).toBeGreaterThan(0.9 * bytes)
})

it('what places has no index in it, before somebody asks for indexes', async () => {
  const scan = "export { batch, churn, define, empty, join, place, plan } from '@stowage/kernel'"
  const index = "export { allowIndexes } from '@stowage/kernel'"
  const names = async (code: string) => new TextDecoder().decode(await bundled(code))
  // A word of the index that no minifier takes away: the name of a field.
  expect(await names(scan)).not.toContain('tournament')
  expect(await names(index)).toContain('tournament')
})

it('the script of the kernel weighs what its plain entry weighs', async () => {
  const entry = zipped(await bundled("export * from '@stowage/kernel/plain'"))
  const script = zipped(readFileSync('packages/kernel/dist/script/kernel.js'))
  expect(Math.abs(script - entry)).toBeLessThan(0.05 * entry)
})
