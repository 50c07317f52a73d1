/**
 * Bytes as they are read. The first thing that is wrong is kept with its place, and nothing is read
 * after it: every number is 0 then, every text and every list is empty. So a reader may go on as if
 * all were well, and need not throw.
 *
 * A length is held against the bytes that are left before anything of that length is made. What
 * could have been written shorter is refused, so that one state has one encoding.
 */
import { shown, type Malformed } from '../rule/malformed.js'
import { isShort, unzigzag } from './signed.js'

export interface Source {
  readonly bytes: Uint8Array
  readonly end: number
  at: number
  /** Where in the format the reader is, for what is said of what is wrong. */
  place: Malformed['at']
  malformed: Malformed | undefined
}

export const sourceOf = (bytes: Uint8Array, end: number): Source => ({
  bytes,
  end,
  at: 0,
  place: [],
  malformed: undefined,
})

/** Whether nothing has been wrong so far. */
export const isSound = (source: Source): boolean => source.malformed === undefined

/**
 * Notes what is wrong, the first time, and ends the reading. The place is where the reader is, or
 * inside.
 */
export const refuse = (
  source: Source,
  { at = [], found, expected }: Partial<Malformed> & Omit<Malformed, 'at'>,
): void => {
  source.malformed ??= { at: [...source.place, ...at], found, expected }
  source.at = source.end
}

export const getByte = (source: Source): number => {
  if (source.at < source.end) return source.bytes[source.at++]!
  refuse(source, { found: 'the end', expected: 'more bytes' })
  return 0
}

/** The weight of the eighth and last byte that an unsigned number may have. */
const lastByteWeight = 562_949_953_421_312

export const getUnsigned = (source: Source): number => {
  let number = 0
  for (let weight = 1; weight <= lastByteWeight; weight *= 128) {
    const byte = getByte(source)
    number += (byte % 128) * weight
    if (byte >= 128) continue
    if (number <= Number.MAX_SAFE_INTEGER && (byte > 0 || weight === 1)) return number
    break
  }
  refuse(source, { found: 'one that is too long', expected: 'an unsigned number' })
  return 0
}

/** A number below another. */
export const getBelow = (source: Source, limit: number, expected: string): number => {
  const number = getUnsigned(source)
  if (number < limit) return number
  refuse(source, { found: shown(number), expected })
  return 0
}

/** How many things follow, of which each takes at least one byte. */
export const getCount = (source: Source): number => {
  const number = getUnsigned(source)
  const left = source.end - source.at
  if (number <= left) return number
  refuse(source, { found: shown(number), expected: `at most ${left}, as no more bytes are left` })
  return 0
}

export const getNumber = (source: Source): number => {
  const number = getUnsigned(source)
  const short = unzigzag(number / 2)
  if (number % 2 === 0 && isShort(short)) return short
  if (number === 1 && source.end - source.at >= 8) {
    const { buffer, byteOffset } = source.bytes
    const double = new DataView(buffer, byteOffset).getFloat64(source.at, true)
    source.at += 8
    if (!isShort(double)) return double
  }
  refuse(source, { found: 'another way to write it', expected: 'a number' })
  return 0
}

/** So many code units are made a text at once. */
const chunkLength = 1024

export const getText = (source: Source): string => {
  const length = getCount(source)
  let text = ''
  while (text.length < length && isSound(source)) {
    const units = new Uint16Array(Math.min(chunkLength, length - text.length))
    for (let i = 0; i < units.length; i++) units[i] = getBelow(source, 0x10000, 'a code unit')
    text += String.fromCharCode(...units)
  }
  return text
}

/** Reads what `putList` wrote, item by item, until something is wrong. */
export const getList = <Item>(source: Source, get: (index: number) => Item): readonly Item[] => {
  const count = getCount(source)
  const items: Item[] = []
  for (let i = 0; i < count && isSound(source); i++) items.push(get(i))
  return items
}
