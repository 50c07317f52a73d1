/**
 * Checks that `stowage --help` starts quickly: the built command line loads no package except its
 * argument parser before a command is called. Follows the static imports of the built entry and of
 * its chunks.
 */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

type Read = (path: string) => string

/** The packages that are loaded at once: dynamic imports are not followed. */
const loadedBy = (entry: string, read: Read): readonly string[] => {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files)
    for (const [, name = ''] of read(file).matchAll(
      /^(?:import|export)\b[^'"();]*['"]([^'"]+)['"]/gm,
    ))
      if (name.startsWith('.')) files.add(posix.join(posix.dirname(file), name))
      else packages.add(name)
  return [...packages].sort()
}

const ofDisk: Read = (path) => readFileSync(path, 'utf8')

describe('stowage --help', () => {
  it('loads commander alone', () => {
    expect(loadedBy('packages/cli/dist/main.js', ofDisk)).toEqual(['commander'])
  })
  it('is refuted when a chunk imports the workbench', () => {
    const files: Readonly<Record<string, string>> = {
      'bin.js': "import './main.js'",
      'main.js': "import {\n  a,\n} from './chunk.js'\nconst later = () => import('late')",
      'chunk.js': 'import { planWorkloads } from "@stowage/workbench"\nexport { a }',
    }
    expect(loadedBy('bin.js', (path) => files[path] ?? '')).toEqual(['@stowage/workbench'])
  })
})
