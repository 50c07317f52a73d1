/** Tests that files and streams are read up to a bound, and that an endless one is left. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bytesMax, readBytes, readStream } from './bytes.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-bytes-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** So many chunks of two bytes; calls back when it is left. */
async function* chunks(count: number, leave = (): void => undefined) {
  try {
    for (let i = 0; i < count; i++) yield await Promise.resolve(Uint8Array.of(i & 255, 0))
  } finally {
    leave()
  }
}

it('reads a stream up to the bound', async () => {
  expect([...(await readStream(chunks(3), 6))]).toEqual([0, 0, 1, 0, 2, 0])
})

it('leaves a stream that has no end', async () => {
  let isLeft = false
  const endless = chunks(Infinity, () => (isLeft = true))
  await expect(readStream(endless, 1_000)).rejects.toThrow(`more than ${bytesMax} bytes`)
  expect(isLeft).toBe(true)
})

it('reads a file, also one without a size', async () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'kind: Pod')
  expect((await readBytes(path)).toString()).toBe('kind: Pod')
  expect(await readBytes('/dev/null')).toHaveLength(0)
})

it('refuses a larger file before it reads it', async () => {
  const path = join(folder, 'large')
  writeFileSync(path, '')
  // A sparse file: it takes no room on the disk.
  truncateSync(path, 2 ** 40)
  await expect(readBytes(path)).rejects.toThrow(RangeError)
})
