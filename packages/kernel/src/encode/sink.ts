/**
 * Bytes as they are written: an array that grows by doubling. Each kind of value has one way to be
 * written, so that equal states give equal bytes.
 *
 * An unsigned number is at most 2^53 - 1 and stands in groups of seven bits, the lowest first; the
 * high bit of a byte says that another follows. A text is its length and then its UTF-16 code
 * units, each an unsigned number, so that any text survives.
 */
import { zigzag, isShort } from './signed.js'

export interface Sink {
  bytes: Uint8Array<ArrayBuffer>
  length: number
}

export const newSink = (): Sink => ({ bytes: new Uint8Array(1024), length: 0 })

/** What was written, in a buffer of its own. */
export const bytesOf = ({ bytes, length }: Sink): Uint8Array<ArrayBuffer> => bytes.slice(0, length)

/** The most bytes that any one number takes. */
const numberLength = 9

const makeRoom = (sink: Sink): void => {
  if (sink.length + numberLength <= sink.bytes.length) return
  const grown = new Uint8Array(2 * sink.bytes.length)
  grown.set(sink.bytes)
  sink.bytes = grown
}

export const putByte = (sink: Sink, byte: number): void => {
  makeRoom(sink)
  sink.bytes[sink.length++] = byte
}

export const putUnsigned = (sink: Sink, number: number): void => {
  makeRoom(sink)
  let rest = number
  while (rest >= 128) {
    sink.bytes[sink.length++] = 128 + (rest % 128)
    rest = Math.floor(rest / 128)
  }
  sink.bytes[sink.length++] = rest
}

/**
 * Any number: a short one as twice its unsigned number, any other as a 1 and the eight bytes of the
 * double, the lowest first.
 */
export const putNumber = (sink: Sink, number: number): void => {
  if (isShort(number)) {
    putUnsigned(sink, 2 * zigzag(number))
    return
  }
  putUnsigned(sink, 1)
  makeRoom(sink)
  new DataView(sink.bytes.buffer).setFloat64(sink.length, number, true)
  sink.length += 8
}

export const putText = (sink: Sink, text: string): void => {
  putUnsigned(sink, text.length)
  for (let i = 0; i < text.length; i++) putUnsigned(sink, text.charCodeAt(i))
}

export const putList = <Item>(
  sink: Sink,
  items: readonly Item[],
  put: (item: Item) => void,
): void => {
  putUnsigned(sink, items.length)
  for (const item of items) put(item)
}
