/**
 * Tests `plan` on a folder: the line `Ignored: …` counts the files that are not read, by suffix.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from './program.js'

it('the files of a folder that are not read are counted by their suffix', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-folder-'))
  const pod = {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  }
  writeFileSync(join(folder, 'pods.jsonl'), `${JSON.stringify(pod)}\n`)
  for (const name of ['a.md', 'b.md', 'Makefile']) writeFileSync(join(folder, name), '\0')
  const { out, status } = await run(['plan', folder, '--nodes', 'm5.large=1'], () =>
    Promise.resolve(''),
  )
  rmSync(folder, { recursive: true })
  expect([status, out.split('\n').filter((line) => line.startsWith('Ignored'))]).toEqual([
    0,
    ['Ignored: 2 *.md, 1 Makefile'],
  ])
})
