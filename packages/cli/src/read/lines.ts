/** Reads a file with one JSON value per line (JSON lines), plain or compressed with gzip. */
import type { DocumentFault } from '@stowage/documents'
import { gunzipSync } from 'node:zlib'
import { renderValue } from '@stowage/kernel'
import type { Faults } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { bytesMax, readBytes } from './bytes.js'
import { decodeText, decodingFault } from './decode-text.js'
import { standardInput, unreadable, type Stdin } from './files.js'

/** The value of one line. */
export interface Line {
  /** `FILE:NUMBER`, from 1. */
  readonly from: string
  readonly value: unknown
  readonly text: string
}

type Lines = E.Either<Faults, readonly Line[]>

/** The values at a path; `-` is standard input, which must be plain. Blank lines are skipped. */
export const readLines = async (path: string, stdin: Stdin): Promise<Lines> => {
  const file = path === '-' ? standardInput : path
  let bytes: Uint8Array = new Uint8Array()
  let text: string
  try {
    if (path !== '-') bytes = decompress(await readBytes(path))
    text = path === '-' ? await stdin() : decodeText(bytes)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError))
      return E.left([unreadable(path, error)])
    const from = `${file}${undecodedLine(bytes)}`
    return E.left([{ from, at: [], ...decodingFault(error) }])
  }
  const lines = text.split('\n').map((line, i) => [line, `${file}:${i + 1}`] as const)
  const read = lines
    .filter(([line]) => line.trim() !== '')
    .map(([line, from]) => parseLine(line, from))
  const { left, right } = RA.separate(read)
  return left.length > 0 ? E.left(left) : E.right(right)
}

/** `:NUMBER` of the first line that is not UTF-8; an empty text when there is none. */
const undecodedLine = (bytes: Uint8Array): string => {
  let number = 1
  for (let start = 0; start < bytes.length; number++) {
    const end = bytes.indexOf(lineFeed, start)
    const line = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (E.isLeft(E.tryCatch(() => decodeText(line), String))) return `:${number}`
    start = end < 0 ? bytes.length : end + 1
  }
  return ''
}
const lineFeed = 10

/**
 * Gzip is recognised by its first two bytes. Throws a `RangeError` when more comes out than a text
 * may have: a short file may hold very much.
 */
const decompress = (bytes: Buffer): Buffer =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: bytesMax }) : bytes

const parseLine = (line: string, from: string): E.Either<DocumentFault, Line> => {
  try {
    return E.right({ from, value: JSON.parse(line) as unknown, text: line })
  } catch {
    return E.left({ from, at: [], found: renderValue(line), expected: 'a value in JSON' })
  }
}
