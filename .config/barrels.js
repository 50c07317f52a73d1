/**
 * Rewrites the imports of a source text for the bundler: an import from a package, such as
 * `@stowage/kernel`, becomes imports from the source files that declare the names. An index file
 * that only re-exports (a barrel) would otherwise pull all files of a package into one bundle, and
 * no part could be loaded later than another.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const imports = /^(import|export) (type )?\{([^}]*)\} from '(@stowage\/[^']+)'/gm
const exports = /^export (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm

const entryOf = (name) => {
  const [, library, entry = 'index'] = name.split('/')
  return resolve(`packages/${library}/src/${entry}.ts`)
}

const sources = new Map()

/** By public name, the file that declares it and its name there. */
const publicSources = (name) => {
  const known = sources.get(name)
  if (known !== undefined) return known
  const entry = entryOf(name)
  const found = new Map()
  if (existsSync(entry))
    for (const [, names, path] of readFileSync(entry, 'utf8').matchAll(exports))
      for (const { own, as } of namesIn(names))
        found.set(as, { own, path: resolve(dirname(entry), path.replace(/\.js$/, '.ts')) })
  sources.set(name, found)
  return found
}

/** `a, type B, c as d`, without types. */
const namesIn = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => {
      const [own, as = own] = part.split(' as ')
      return { own, as }
    })

/** The text with its imports of packages turned into imports of files, on the same lines. */
export const seeThroughBarrels = (text) =>
  text.replace(imports, (whole, verb, type, names, name) => {
    if (type !== undefined) return whole
    const known = publicSources(name)
    const wanted = namesIn(names)
    if (wanted.some(({ own }) => !known.has(own))) return whole
    const lines = '\n'.repeat(whole.split('\n').length - 1)
    return (
      wanted
        .map(({ own, as }) => {
          const source = known.get(own)
          return `${verb} { ${source.own} as ${as} } from ${JSON.stringify(source.path)}`
        })
        .join(';') + lines
    )
  })
