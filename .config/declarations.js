/**
 * Writes the TypeScript declarations of the libraries to their `dist` folders, each file twice:
 * `.d.ts` for ES modules and `.d.cts` for CommonJS. The declarations have the file names of the
 * sources. Deletes the old `dist` folders first.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { libraries } from './libraries.js'

/** A relative import in a declaration, with its quotes. */
const relativeImport = /(['"])(\.\.?\/[^'"]+)\.js\1/g

/**
 * Copies the declarations that the entries of a library reach, once for ES modules and once for
 * CommonJS, where they name each other `.cjs`.
 */
const copyDeclarations = (name, entries) => {
  const reached = new Set(entries)
  for (const file of reached) {
    const text = readFileSync(`.tsbuild/${name}/${file}.d.ts`, 'utf8')
    const into = `packages/${name}/dist/${file}`
    mkdirSync(dirname(into), { recursive: true })
    writeFileSync(`${into}.d.ts`, text)
    writeFileSync(`${into}.d.cts`, text.replace(relativeImport, '$1$2.cjs$1'))
    for (const [, , path] of text.matchAll(relativeImport))
      reached.add(posix.join(posix.dirname(file), path))
  }
}

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js')
const projects = libraries.map(([name]) => `packages/${name}`)
execFileSync(process.execPath, [compiler, '-b', ...projects], { stdio: 'inherit' })
for (const [name, ...entries] of libraries) {
  rmSync(`packages/${name}/dist`, { recursive: true, force: true })
  copyDeclarations(name, entries)
}
