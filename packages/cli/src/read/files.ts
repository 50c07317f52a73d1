/**
 * Files, folders and standard input as texts with their names. A folder is read to the bottom, and
 * only its JSON and YAML files: a link to a file is followed, a link to a folder is not, so that no
 * walk goes in circles; what else is called like one, such as a pipe, is passed over, as reading it
 * might never end. A path that is named itself may be a pipe.
 */
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { byCodeUnit, type BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

export interface Text {
  readonly file: string
  readonly text: string
}

export const standardInput = 'standard input'

/** A path that can be read, or why it can not. */
type Found = E.Either<BadDocument, string>

/** What is installed or kept beside a project is not part of it. */
const passedOver: readonly string[] = ['node_modules', '.git']

/**
 * Reads what the paths name, `-` being standard input; each file once, in the order of their names.
 */
export const readTexts = async (
  paths: readonly string[],
  stdin: () => Promise<string>,
): Promise<E.Either<readonly BadDocument[], readonly Text[]>> => {
  const found = RA.separate((await Promise.all(paths.map(filesAt))).flat())
  const read: E.Either<BadDocument, Text>[] = []
  // One after the other, as a system has far fewer handles than a large folder has files.
  for (const path of await eachOnce(found.right)) read.push(await textAt(path, stdin))
  const { left, right } = RA.separate(read)
  const bad = [...found.left, ...left]
  if (bad.length > 0) return E.left(bad)
  return E.right([...right].sort((a, b) => byCodeUnit(a.file, b.file)))
}

const filesAt = async (path: string): Promise<readonly Found[]> => {
  if (path === '-') return [E.right(path)]
  try {
    return (await stat(path)).isDirectory() ? await filesIn(path) : [E.right(path)]
  } catch (error) {
    return [E.left(unreadable(path, error))]
  }
}

const filesIn = async (folder: string): Promise<readonly Found[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const found = entries.map(async (entry): Promise<readonly Found[]> => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return passedOver.includes(entry.name) ? [] : filesIn(path)
      return /\.(json|ya?ml)$/i.test(entry.name) ? regularAt(path) : []
    })
    return (await Promise.all(found)).flat()
  } catch (error) {
    return [E.left(unreadable(folder, error))]
  }
}

const regularAt = async (path: string): Promise<readonly Found[]> => {
  try {
    return (await stat(path)).isFile() ? [E.right(path)] : []
  } catch (error) {
    return [E.left(unreadable(path, error))]
  }
}

/** However a file is spelt, it is the same file; the first spelling is the one that it goes by. */
const eachOnce = async (paths: readonly string[]): Promise<readonly string[]> => {
  const spelt = new Map<string, string>()
  for (const path of paths) {
    // A pipe that the shell made, and a file that is deleted already, have no real path.
    const real = path === '-' ? path : await realpath(path).catch(() => resolve(path))
    if (!spelt.has(real)) spelt.set(real, path)
  }
  return [...spelt.values()]
}

const textAt = async (
  path: string,
  stdin: () => Promise<string>,
): Promise<E.Either<BadDocument, Text>> => {
  if (path === '-')
    return stdin().then(
      (text) => E.right({ file: standardInput, text }),
      () => E.left(notText(standardInput)),
    )
  try {
    return decoded(path, await readFile(path))
  } catch (error) {
    return E.left(unreadable(path, error))
  }
}

/**
 * Bytes that are no text would otherwise be replaced in silence, and a name would become another
 * one.
 */
const decoded = (file: string, bytes: Uint8Array): E.Either<BadDocument, Text> =>
  E.tryCatch(
    () => ({ file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }),
    () => notText(file),
  )

const notText = (from: string): BadDocument => ({
  from,
  at: [],
  found: 'bytes that are not UTF-8',
  expected: 'text in UTF-8',
})

const unreadable = (path: string, error: unknown): BadDocument => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const found = code === 'ENOENT' ? 'nothing there' : code
  return { from: path, at: [], found, expected: 'a file or a folder that can be read' }
}
