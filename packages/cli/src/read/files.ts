/**
 * Reads files, folders and standard input as texts. Folders are searched recursively for JSON and
 * YAML files; the other files of a folder are counted by their suffix.
 */
import type { DocumentFault } from '@stowage/documents'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { byCodeUnit } from '@stowage/kernel'
import type { Faults, SourceText, TextSet } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { readBytes } from './bytes.js'
import { decodeText, decodingFault, isUnmarked } from './decode-text.js'

/** Reads standard input; rejects bytes that are neither UTF-8 nor UTF-16. */
export type Stdin = () => Promise<string>

/** What faults call standard input. */
export const standardInput = 'standard input'

/** A path to read, or why it cannot be read. */
type PathResult = E.Either<DocumentFault, string>

/** The folders of a project that are searched, and the files that are read in them. */
const ofProject = [/^(?!(node_modules|\.git)$)/, /\.(jsonl?|ndjson|ya?ml|template)$/i] as const

/** The file that the AWS CDK writes into each cloud assembly, whatever its folder is called. */
const assemblyMark = 'cdk.out'

/**
 * In a cloud assembly its manifest, the templates, the lists of their assets and the assemblies of
 * its stages; assets are no documents, unless they are templates.
 */
const ofAssembly = [/^assembly-/, /^manifest\.json$|\.(template|assets)\.json$/i] as const

/**
 * A file with this suffix may be the template of any tool. One that a search finds is read if it
 * has a section of CloudFormation.
 */
const templateSuffix = /\.template$/i
const templateSection = /^[ \t]*"?(?:AWSTemplateFormatVersion|Resources)"?[ \t]*:|"Resources"\s*:/m

/** The texts of paths, and the files that a search of their folders passed over. */
interface PathTexts {
  readonly texts: readonly SourceText[]
  readonly passed: readonly string[]
}

/** The texts of all paths as one set, which faults call by the paths as they were typed. */
export const readTextSet = async (
  paths: readonly string[],
  stdin: Stdin,
): Promise<E.Either<Faults, TextSet>> => {
  const read = await readPaths(paths, stdin)
  if (E.isLeft(read)) return read
  const { texts, passed } = read.right
  const ignored = passed.map((file) => ({ from: file, kind: kindOfFile(file) }))
  return E.right({ from: paths.join(', '), texts, ignored })
}

/**
 * The texts of all paths, where `-` is standard input: each file once, in code-unit order of their
 * names; or everything that cannot be read.
 */
export const readTexts = async (
  paths: readonly string[],
  stdin: Stdin,
): Promise<E.Either<Faults, readonly SourceText[]>> =>
  pipe(
    await readPaths(paths, stdin),
    E.map(({ texts }) => texts),
  )

/** The kind under which a file that is not read is counted: its suffix, or else its name. */
const kindOfFile = (file: string): string => {
  const suffix = extname(file)
  return suffix === '' ? basename(file) : `*${suffix}`
}

const readPaths = async (
  paths: readonly string[],
  stdin: Stdin,
): Promise<E.Either<Faults, PathTexts>> => {
  const others: string[] = []
  const found = RA.separate((await Promise.all(paths.map((path) => filesAt(path, others)))).flat())
  const read: E.Either<DocumentFault, SourceText>[] = []
  // One after the other: a large folder has more files than a process may open at once.
  for (const path of await uniqueFiles(found.right)) {
    const text = await textAt(path, stdin)
    const isSearched = templateSuffix.test(path) && !paths.includes(path)
    if (isSearched && (E.isLeft(text) || !templateSection.test(text.right.text))) others.push(path)
    else read.push(text)
  }
  const { left, right } = RA.separate(read)
  const bad = [...found.left, ...left]
  if (bad.length > 0) return E.left(bad)
  const named = new Set(paths)
  return E.right({
    texts: [...right].sort((a, b) => byCodeUnit(a.file, b.file)),
    passed: [...new Set(others)].filter((file) => !named.has(file)).sort(byCodeUnit),
  })
}

/** The files at a path. What a search passes over is added to `others`. */
const filesAt = async (path: string, others: string[]): Promise<readonly PathResult[]> => {
  if (path === '-') return [E.right(path)]
  try {
    return (await stat(path)).isDirectory() ? await filesIn(path, others) : [E.right(path)]
  } catch (error) {
    return [E.left(unreadable(path, error))]
  }
}

/**
 * A link to a file is followed, a link to a folder is not, so that the search ends. Pipes inside a
 * folder are skipped, because reading one might block; a pipe that the user names is read.
 */
const filesIn = async (folder: string, others: string[]): Promise<readonly PathResult[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const isAssembly = entries.some((entry) => entry.isFile() && entry.name === assemblyMark)
    const [folders, files] = isAssembly ? ofAssembly : ofProject
    const found = entries.map(async (entry): Promise<readonly PathResult[]> => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return folders.test(entry.name) ? filesIn(path, others) : []
      if (files.test(entry.name)) return regularAt(path)
      if (entry.isFile() && !isAssembly) others.push(path)
      return []
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
      (error: unknown) => E.left(fileDecodingFault(standardInput, error)),
    )
  try {
    return decodeFile(path, await readBytes(path))
  } catch (error) {
    return E.left(
      error instanceof RangeError ? fileDecodingFault(path, error) : unreadable(path, error),
    )
  }
}

const decodeFile = (file: string, bytes: Uint8Array): E.Either<DocumentFault, SourceText> =>
  isUnmarked(bytes)
    ? E.left({ ...fileDecodingFault(file), found: 'UTF-16 without a byte order mark' })
    : E.tryCatch(
        () => ({ file, text: decodeText(bytes) }),
        (error) => fileDecodingFault(file, error),
      )

const fileDecodingFault = (from: string, error?: unknown): DocumentFault => ({
  ...{ from, at: [] },
  ...decodingFault(error),
})

/** A path that cannot be read, and the error of the system. */
export const unreadable = (path: string, error: unknown): DocumentFault => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const found = code === 'ENOENT' ? 'nothing there' : code
  return { from: path, at: [], found, expected: 'a file or a folder that can be read' }
}
