/**
 * Reads the bytes of a file or a stream, up to 512 MB. At this limit it stops reading, so that a
 * stream without an end, such as a device, cannot fill the memory.
 */
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'

/** So many bytes a text may have, 512 MB; the runtime has no longer texts. */
export const bytesMax = 512_000_000

const tooMany = (): RangeError => new RangeError(`more than ${bytesMax} bytes`)

/** The bytes of a file; rejects with a `RangeError` when there are more than 512 MB. */
export const readBytes = async (path: string): Promise<Buffer> => {
  const { size } = await stat(path)
  if (size > bytesMax) throw tooMany()
  // A device or a pipe has no size, and may have no end.
  return size > 0 ? readFile(path) : readStream(createReadStream(path))
}

/** The bytes of a stream; rejects with a `RangeError` past so many. */
export const readStream = async (
  stream: AsyncIterable<Uint8Array>,
  max = bytesMax,
): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > max) throw tooMany()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
