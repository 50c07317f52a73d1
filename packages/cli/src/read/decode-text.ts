/**
 * Decodes bytes to text: UTF-16 (which PowerShell writes) when the bytes begin with its byte order
 * mark, and UTF-8 otherwise.
 */
import type { DocumentFault } from '@stowage/documents'
import { bytesMax } from './bytes.js'

/**
 * The text, without its byte order mark. Throws a `RangeError` for more than 512 MB, and a
 * `TypeError` for other bytes: a lenient decoder would replace them, and so change names silently.
 */
export const decodeText = (bytes: Uint8Array): string => {
  if (bytes.length > bytesMax) throw new RangeError(`${bytes.length} bytes`)
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
}

/** What is wrong with bytes that could not be decoded. */
export const decodingFault = (error: unknown): Pick<DocumentFault, 'found' | 'expected'> =>
  error instanceof RangeError
    ? { found: sizeIn(error), expected: 'at most 512 MB: divide it into several files' }
    : {
        found: 'bytes that are not UTF-8',
        expected: 'text in UTF-8, or in UTF-16 with a byte order mark',
      }

/** The library that decompresses says only that it stopped. */
const sizeIn = ({ message }: RangeError): string =>
  /\d bytes$/.test(message) ? message : 'more bytes, uncompressed'

/**
 * Whether the bytes are UTF-16 without its mark: of text that begins with two ASCII characters, one
 * of the first two bytes is 0. In UTF-8 they would be characters that neither JSON nor YAML has.
 */
export const isUnmarked = ([first, second]: Uint8Array): boolean => first === 0 || second === 0

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
