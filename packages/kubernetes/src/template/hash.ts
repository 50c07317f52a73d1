/**
 * Computes the hash of a text as controllers write it in names and labels: FNV-1a or FNV-1 of 32
 * bits. Its decimal digits are replaced by letters and digits that form no words.
 */
const prime = 0x01000193
const offset = 0x811c9dc5

/** FNV-1a of the UTF-8 bytes of a text, from 0 to 2^32 - 1. */
export const hashText = (text: string): number => {
  let hash = offset
  eachByte(text, (byte) => {
    hash = Math.imul(hash ^ byte, prime)
  })
  return hash >>> 0
}

/** FNV-1, which multiplies first, of the same bytes. */
export const hashJson = (text: string): number => {
  let hash = offset
  eachByte(text, (byte) => {
    hash = Math.imul(hash, prime) ^ byte
  })
  return hash >>> 0
}

/** Visits the UTF-8 bytes of a text. */
const eachByte = (text: string, add: (byte: number) => void): void => {
  for (const character of text) {
    const point = character.codePointAt(0)!
    if (point < 0x80) {
      add(point)
      continue
    }
    if (point < 0x800) add(0xc0 | (point >> 6))
    else {
      if (point < 0x10000) add(0xe0 | (point >> 12))
      else {
        add(0xf0 | (point >> 18))
        add(0x80 | ((point >> 12) & 0x3f))
      }
      add(0x80 | ((point >> 6) & 0x3f))
    }
    add(0x80 | (point & 0x3f))
  }
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

/** The decimal digits of a hash, each replaced by a character of the alphabet by its code. */
export const encodeHash = (hash: number): string =>
  [...String(hash)].map((digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('')
