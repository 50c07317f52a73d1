/**
 * Tests the script that says where the sources of the packages are: without that, no package can be
 * published with provenance, and the release stops before it publishes.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

interface Manifest {
  readonly private?: boolean
  readonly repository?: unknown
  readonly publishConfig?: unknown
}
const clone = mkdtempSync(join(tmpdir(), 'stowage-release-'))
const folders = readdirSync('packages').filter((folder) =>
  existsSync(`packages/${folder}/package.json`),
)
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(clone, 'packages', folder, 'package.json'), 'utf8')) as Manifest

beforeAll(() => {
  for (const folder of folders) {
    mkdirSync(join(clone, 'packages', folder), { recursive: true })
    const manifest = `packages/${folder}/package.json`
    copyFileSync(manifest, join(clone, manifest))
  }
})
afterAll(() => {
  rmSync(clone, { recursive: true })
})

const repository = (...args: readonly string[]) =>
  spawnSync(process.execPath, [resolve('.config/repository.js'), ...args], {
    cwd: clone,
    encoding: 'utf8',
  })

it('every package asks for provenance', () => {
  for (const folder of folders)
    if (manifestOf(folder).private !== true)
      expect([folder, manifestOf(folder).publishConfig]).toEqual([
        folder,
        { access: 'public', provenance: true },
      ])
})

it('a release without an address stops, and says how to set one', () => {
  const { status, stderr } = repository()
  expect(status).toBe(1)
  expect(stderr).toContain('@stowage/kernel')
  expect(stderr).toContain('npm run repository -- https://HOST/OWNER/NAME')
})

it('what is no address changes nothing', () => {
  const { status, stderr } = repository('stowage')
  expect([status, stderr]).toEqual([
    1,
    'repository: found "stowage", expected https://HOST/OWNER/NAME\n',
  ])
  expect(manifestOf('kernel').repository).toBeUndefined()
})

it('an address is written into what is published, each with its folder', () => {
  expect(repository('https://example.org/owner/stowage/').status).toBe(0)
  const { repository: written } = manifestOf('kernel')
  expect(written).toEqual({
    type: 'git',
    url: 'git+https://example.org/owner/stowage.git',
    directory: 'packages/kernel',
  })
  expect(manifestOf('playground').repository).toBeUndefined()
  // The rest stays, in its order.
  const now = Object.entries(manifestOf('ecs')).filter(([key]) => key !== 'repository')
  const before = JSON.parse(readFileSync('packages/ecs/package.json', 'utf8')) as Manifest
  expect(JSON.stringify(Object.fromEntries(now))).toBe(JSON.stringify(before))
  expect(repository().status).toBe(0)
})
