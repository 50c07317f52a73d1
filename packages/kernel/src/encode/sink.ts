/**
 * Writes bytes, numbers and texts to an array that grows by doubling. Every value has exactly one
 * encoding, so equal clusters give equal bytes.
 */
import { zigzag, isShort } from './signed.js'

/**
 * Bytes in a buffer that nothing shares, so that it can be transferred. The type is that of a new
 * array, which only compilers from 5.7 on call `Uint8Array<ArrayBuffer>`.
 */
export type OwnBytes = ReturnType<Uint8ArrayConstructor['of']>

/** The bytes so far: the first `length` of `bytes`. */
export interface Sink {
  bytes: OwnBytes
  length: number
}

/** A sink without bytes. */
export const newSink = (): Sink => ({ bytes: new Uint8Array(1024), length: 0 })

/** What was written, in a buffer of its own. */
export const bytesOf = ({ bytes, length }: Sink): OwnBytes => bytes.slice(0, length)

/** The most bytes that one number takes. */
const numberLength = 9

const makeRoom = (sink: Sink): void => {
  if (sink.length + numberLength <= sink.bytes.length) return
  const grown = new Uint8Array(2 * sink.bytes.length)
  grown.set(sink.bytes)
  sink.bytes = grown
}

/** Writes one byte. */
export const putByte = (sink: Sink, byte: number): void => {
  makeRoom(sink)
  sink.bytes[sink.length++] = byte
}

/**
 * Writes an unsigned number.
 *
 * Numbers up to 2^53 - 1 are written as LEB128: groups of seven bits, the lowest first; the high
 * bit of a byte says that another follows.
 */
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
 * Writes any number: a short one as twice its zigzag number, any other as a 1 and the eight bytes
 * of the double, the lowest first.
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

/**
 * Writes a text.
 *
 * The length and the UTF-16 code units are written as unsigned numbers, so that any text survives.
 */
export const putText = (sink: Sink, text: string): void => {
  putUnsigned(sink, text.length)
  for (let i = 0; i < text.length; i++) putUnsigned(sink, text.charCodeAt(i))
}

/** Writes the length of a list, then its items. */
export const putList = <Item>(
  sink: Sink,
  items: readonly Item[],
  put: (item: Item) => void,
): void => {
  putUnsigned(sink, items.length)
  for (const item of items) put(item)
}
