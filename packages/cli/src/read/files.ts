/**
 * Reads files, folders and standard input as texts. Folders are searched recursively for JSON and
 * YAML files. A link to a file is followed, a link to a folder is not, so that the search ends.
 * Pipes inside a folder are skipped, because reading one might block; a pipe that the user names is
 * read.
 */
import type { DocumentFault } from '@stowage/documents'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { byCodeUnit } from '@stowage/kernel'
import type { Faults, SourceText, TextSet } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { decodeText } from './decode-text.js'

/** Reads standard input; rejects bytes that are neither UTF-8 nor UTF-16. */
export type Stdin = () => Promise<string>

/** What faults call standard input. */
export const standardInput = 'standard input'

/** A path to read, or why it cannot be read. */
type PathResult = E.Either<DocumentFault, string>

/** The folders of a project that are searched, and the files that are read in them. */
const ofProject = [/^(?!(node_modules|\.git)$)/, /\.(json|ya?ml)$/i] as const

/** The file that the AWS CDK writes into each cloud assembly, whatever its folder is called. */
const assemblyMark = 'cdk.out'

/**
 * In a cloud assembly its manifest, the templates, the lists of their assets and the assemblies of
 * its stages; assets are no documents, unless they are templates.
 */
const ofAssembly = [/^assembly-/, /^manifest\.json$|\.(template|assets)\.json$/i] as const

/** The texts of all paths as one set, which faults call by the paths as they were typed. */
export const readTextSet = async (
  paths: readonly string[],
  stdin: Stdin,
): Promise<E.Either<Faults, TextSet>> => {
  const texts = await readTexts(paths, stdin)
  return E.isLeft(texts) ? texts : E.right({ from: paths.join(', '), texts: texts.right })
}

/**
 * The texts of all paths, where `-` is standard input: each file once, in code-unit order of their
 * names; or everything that cannot be read.
 */
export const readTexts = async (
  paths: readonly string[],
  stdin: Stdin,
): Promise<E.Either<Faults, readonly SourceText[]>> => {
  const found = RA.separate((await Promise.all(paths.map(filesAt))).flat())
  const read: E.Either<DocumentFault, SourceText>[] = []
  // One after the other: a large folder has more files than a process may open at once.
  for (const path of await uniqueFiles(found.right)) read.push(await textAt(path, stdin))
  const { left, right } = RA.separate(read)
  const bad = [...found.left, ...left]
  if (bad.length > 0) return E.left(bad)
  return E.right([...right].sort((a, b) => byCodeUnit(a.file, b.file)))
}

const filesAt = async (path: string): Promise<readonly PathResult[]> => {
  if (path === '-') return [E.right(path)]
  try {
    return (await stat(path)).isDirectory() ? await filesIn(path) : [E.right(path)]
  } catch (error) {
    return [E.left(unreadable(path, error))]
  }
}

const filesIn = async (folder: string): Promise<readonly PathResult[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const isAssembly = entries.some((entry) => entry.isFile() && entry.name === assemblyMark)
    const [folders, files] = isAssembly ? ofAssembly : ofProject
    const found = entries.map(async (entry): Promise<readonly PathResult[]> => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return folders.test(entry.name) ? filesIn(path) : []
      return files.test(entry.name) ? regularAt(path) : []
    })
    return (await Promise.all(found)).flat()
  } catch (error) {
    return [E.left(unreadable(folder, error))]
  }
}

const regularAt = async (path: string): Promise<readonly PathResult[]> => {
  try {
    return (await stat(path)).isFile() ? [E.right(path)] : []
  } catch (error) {
    return [E.left(unreadable(path, error))]
  }
}

/** Paths to one file are merged; the first spelling is kept. */
const uniqueFiles = async (paths: readonly string[]): Promise<readonly string[]> => {
  const spelt = new Map<string, string>()
  for (const path of paths) {
    // A pipe of the shell and a deleted file have no real path.
    const real = path === '-' ? path : await realpath(path).catch(() => resolve(path))
    if (!spelt.has(real)) spelt.set(real, path)
  }
  return [...spelt.values()]
}

const textAt = async (path: string, stdin: Stdin): Promise<E.Either<DocumentFault, SourceText>> => {
  if (path === '-')
    return stdin().then(
      (text) => E.right({ file: standardInput, text }),
      () => E.left(notText(standardInput)),
    )
  try {
    return decodeFile(path, await readFile(path))
  } catch (error) {
    return E.left(unreadable(path, error))
  }
}

const decodeFile = (file: string, bytes: Uint8Array): E.Either<DocumentFault, SourceText> =>
  E.tryCatch(
    () => ({ file, text: decodeText(bytes) }),
    () => notText(file),
  )

const notText = (from: string): DocumentFault => ({
  from,
  at: [],
  found: 'bytes that are not UTF-8',
  expected: 'text in UTF-8, or in UTF-16 with a byte order mark',
})

const unreadable = (path: string, error: unknown): DocumentFault => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const found = code === 'ENOENT' ? 'nothing there' : code
  return { from: path, at: [], found, expected: 'a file or a folder that can be read' }
}
