/**
 * Runs the conformance suite on the built packages in every runtime, such as Node, Deno, Bun and
 * Chromium. Every runtime must give the same hash of the answer to each case. The test of a runtime
 * that is not installed is skipped, or fails if the variable `CI` is set.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSuite, type SuiteFiles } from './bundle.js'
import { missing, resultsIn, runtimes } from './runtimes.js'
import type { CaseResult } from './suite/case.js'

const isComplete = process.env['CI'] !== undefined

let files: SuiteFiles
let reference: readonly CaseResult[]
beforeAll(async () => {
  files = await writeSuite()
  reference = await resultsIn(runtimes[0]!, files)
}, 180_000)
afterAll(() => {
  rmSync(files.folder, { recursive: true })
})

it('the suite has cases of every package, and each has another answer', () => {
  expect(
    reference.flatMap(({ name, failure }) => (failure === undefined ? [] : [[name, failure]])),
  ).toEqual([])
  expect(reference.length).toBeGreaterThan(35)
  expect(new Set(reference.map(({ hash }) => hash)).size).toBe(reference.length)
})

describe('every runtime answers the same', () => {
  for (const runtime of runtimes) {
    const absent = missing(runtime)
    it.skipIf(absent !== undefined && !isComplete)(
      absent ?? runtime.name,
      async () => {
        if (absent !== undefined) throw new Error(absent)
        expect(await resultsIn(runtime, files)).toEqual(reference)
      },
      180_000,
    )
  }
})
