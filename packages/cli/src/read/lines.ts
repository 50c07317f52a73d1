/**
 * A file of JSON, a value on each line, as it is or compressed with gzip; or standard input, as it
 * is.
 */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { shown, type BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { standardInput } from './files.js'

/** A value that a line holds, and where it stands. */
export interface Line {
  readonly from: string
  readonly value: unknown
}

type Lines = E.Either<readonly BadDocument[], readonly Line[]>

/** The values at a path, `-` being standard input; blank lines hold none. */
export const readLines = async (path: string, stdin: () => Promise<string>): Promise<Lines> => {
  const file = path === '-' ? standardInput : path
  let text: string
  try {
    text = path === '-' ? await stdin() : unpacked(await readFile(path)).toString('utf8')
  } catch (error) {
    const found = error instanceof Error ? error.message : shown(error)
    return E.left([{ from: file, at: [], found, expected: 'a file that can be read' }])
  }
  const lines = text.split('\n').map((line, i) => [line, `${file}:${i + 1}`] as const)
  const read = lines
    .filter(([line]) => line.trim() !== '')
    .map(([line, from]) => parsed(line, from))
  const { left, right } = RA.separate(read)
  return left.length > 0 ? E.left(left) : E.right(right)
}

/** By what the bytes begin with, as gzip writes it. */
const unpacked = (bytes: Buffer): Buffer =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes

const parsed = (line: string, from: string): E.Either<BadDocument, Line> => {
  try {
    return E.right({ from, value: JSON.parse(line) as unknown })
  } catch {
    return E.left({ from, at: [], found: shown(line), expected: 'a value in JSON' })
  }
}
