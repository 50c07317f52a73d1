/**
 * Tests the writing of files, and that a path which cannot be written is reported before any work
 * is done.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { unwritable, writeFiles } from './write-files.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stowage-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('can be written where there is a folder, and again', async () => {
  const path = join(folder, 'log')
  expect(await unwritable(path)).toBeUndefined()
  expect(await writeFiles([{ path, text: 'x' }])).toBe('')
  expect(await unwritable(path)).toBeUndefined()
})
it('cannot be written in a folder that is not there, in a file, or as a folder', async () => {
  const file = join(folder, 'file')
  await writeFiles([{ path: file, text: 'x' }])
  for (const [path, found] of [
    [join(folder, 'none', 'log'), 'no such folder'],
    [join(file, 'log'), 'ENOTDIR'],
    [folder, 'a folder'],
  ] as const) {
    expect(await unwritable(path)).toMatchObject({ from: path, found })
    expect(await writeFiles([{ path, text: 'x' }])).toContain(`${path} cannot be written`)
  }
})
