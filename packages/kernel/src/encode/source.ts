/**
 * Reads numbers and texts from bytes. The first error ends the reading: every later number is read
 * as 0, and every later text or list as empty. A caller therefore checks for an error only at the
 * end.
 */
import { renderValue, type MalformedValue } from '../rule/malformed.js'
import { isShort, unzigzag } from './signed.js'

/** The bytes up to `end`, the position, and the first fault. */
export interface Source {
  readonly bytes: Uint8Array
  readonly end: number
  at: number
  /** Where in the format the reader is, for a fault. */
  place: MalformedValue['at']
  malformed: MalformedValue | undefined
}

/** A source at the start of the bytes. */
export const sourceOf = (bytes: Uint8Array, end: number): Source => ({
  bytes,
  end,
  at: 0,
  place: [],
  malformed: undefined,
})

/** True while there is no fault. */
export const isSound = (source: Source): boolean => source.malformed === undefined

/**
 * Records a fault, if it is the first, and ends the reading. Its place is the reader's, or a path
 * below it.
 */
export const refuse = (
  source: Source,
  { at = [], found, expected }: Partial<MalformedValue> & Omit<MalformedValue, 'at'>,
): void => {
  source.malformed ??= { at: [...source.place, ...at], found, expected }
  source.at = source.end
}

/** Reads one byte. */
const getByte = (source: Source): number => {
  if (source.at < source.end) return source.bytes[source.at++]!
  refuse(source, { found: 'the end', expected: 'more bytes' })
  return 0
}

/** The weight of the eighth byte, the last that an unsigned number may have: 2^49. */
const lastByteWeight = 562_949_953_421_312

/**
 * Reads an unsigned number. A number that could have been written shorter is refused, so that a
 * cluster has one encoding.
 */
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

/** Reads an unsigned number below a limit. */
export const getBelow = (source: Source, limit: number, expected: string): number => {
  const number = getUnsigned(source)
  if (number < limit) return number
  refuse(source, { found: renderValue(number), expected })
  return 0
}

/**
 * Reads the length of a list whose items take at least one byte each. A length is compared with the
 * bytes that are left before memory is allocated for it.
 */
export const getCount = (source: Source): number => {
  const number = getUnsigned(source)
  const left = source.end - source.at
  if (number <= left) return number
  refuse(source, {
    found: renderValue(number),
    expected: `at most ${left}, as no more bytes are left`,
  })
  return 0
}

/** Reads what `putNumber` wrote. */
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

/** How many code units become text at once; a larger call could overflow the stack. */
const chunkLength = 1024

/** Reads a text. */
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

/** Reads a list, item by item, until there is a fault. */
export const getList = <Item>(source: Source, get: (index: number) => Item): readonly Item[] => {
  const count = getCount(source)
  const items: Item[] = []
  for (let i = 0; i < count && isSound(source); i++) items.push(get(i))
  return items
}
