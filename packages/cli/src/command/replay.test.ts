/** Tests that `replay` reads exactly one log, and refuses a folder whatever it holds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from './program.js'

it.each([0, 1, 2])('a folder of %d files is no log', async (count) => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-replay-'))
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.json`), '{}\n')
  const { error, status } = await run(['replay', folder], () => Promise.resolve(''))
  rmSync(folder, { recursive: true })
  expect(status).toBe(2)
  expect(error).toContain(count === 1 ? 'the first line of a log' : 'found a folder')
})
