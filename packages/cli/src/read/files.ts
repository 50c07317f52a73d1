/**
 * Files, folders and standard input as texts with their names. A folder is read to the bottom, and only its JSON and YAML files.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BadDocument } from '@stowage/kernel'
import { byCodeUnit } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

export interface Text {
  readonly file: string
  readonly text: string
}

export const standardInput = 'standard input'

/** Reads what the paths name, `-` being standard input; each file once, in the order of their names. */
export const readTexts = async (
  paths: readonly string[],
  stdin: () => Promise<string>,
): Promise<E.Either<readonly BadDocument[], readonly Text[]>> => {
  const found = await Promise.all(paths.map((path) => textsAt(path, stdin)))
  const bad = found.flatMap((one) => (E.isLeft(one) ? [one.left] : []))
  if (bad.length > 0) return E.left(bad)
  const texts = found.flatMap((one) => (E.isRight(one) ? one.right : []))
  const once = new Map(texts.map((text) => [text.file, text]))
  return E.right([...once.values()].sort((a, b) => byCodeUnit(a.file, b.file)))
}

const textsAt = async (
  path: string,
  stdin: () => Promise<string>,
): Promise<E.Either<BadDocument, readonly Text[]>> => {
  if (path === '-') return E.right([{ file: standardInput, text: await stdin() }])
  try {
    if (!(await stat(path)).isDirectory())
      return E.right([{ file: path, text: await readFile(path, 'utf8') }])
    const files = (await readdir(path, { recursive: true })).filter((file) =>
      /\.(json|ya?ml)$/i.test(file),
    )
    return E.right(await Promise.all(files.map((file) => textOf(join(path, file)))))
  } catch (error) {
    return E.left(unreadable(path, error))
  }
}

const textOf = async (file: string): Promise<Text> => ({ file, text: await readFile(file, 'utf8') })

const unreadable = (path: string, error: unknown): BadDocument => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const found = code === 'ENOENT' ? 'nothing there' : code
  return { from: path, at: [], found, expected: 'a file or a folder that can be read' }
}
