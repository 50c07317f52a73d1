/**
 * Lists the modules that a source file names in its imports, re-exports and dynamic imports, and
 * resolves each to a file or a package. Paths are relative to the repository's root.
 */
import { posix } from 'node:path'
import ts from 'typescript'

/** Every module that a file names: `import`, `export … from`, `import(…)`, types included. */
export const namedIn = (text: string): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)

export const isRelative = (name: string): boolean => name.startsWith('.')

/** Where a relative import leads, as the path of the source: `./x.js` is written in `x.ts`. */
export const leadsTo = (path: string, name: string): string =>
  posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts')

/**
 * The package of a bare import: `fp-ts/lib/Either.js` is of `fp-ts`, `node:fs` and `fs/promises`
 * are of `node`.
 */
export const packageOf = (name: string, builtins: readonly string[]): string => {
  if (name.startsWith('node:')) return 'node'
  const parts = name.split('/')
  const scope = name.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!
  return builtins.includes(scope) ? 'node' : scope
}

/** `packages/<package>/src/<room>/…`; a file that stands in no room has the empty one. */
export interface Place {
  readonly package: string
  readonly room: string
  readonly file: string
}
export const placeOf = (path: string): Place | undefined => {
  const [packages, name, src, ...rest] = path.split('/')
  if (packages !== 'packages' || name === undefined || src !== 'src') return undefined
  return { package: name, room: rest.length > 1 ? rest[0]! : '', file: rest.at(-1) ?? '' }
}
