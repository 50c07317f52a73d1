/**
 * Converts bytes to base64 text and back, so that JSON can hold them. Source: RFC 4648, section 4.
 * The padding is required and unused bits must be 0, so that every sequence of bytes has exactly
 * one text.
 */

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Encodes bytes as base64. */
export const textOfBytes = (bytes: Uint8Array): string => {
  const groups: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const bits = (a! << 16) | (b << 8) | c
    const group = [18, 12, 6, 0].map((shift) => base64Digits[(bits >> shift) & 63]!).join('')
    const length = Math.min(3, bytes.length - i) + 1
    groups.push(group.slice(0, length).padEnd(4, '='))
  }
  return groups.join('')
}

/** Decodes base64; `undefined` for a text that `textOfBytes` does not write. */
export const bytesOfText = (text: string): Uint8Array | undefined => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const values = [...text.replace(/={1,2}$/, '')].map((digit) => base64Digits.indexOf(digit))
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4))
  let bits = 0
  let length = 0
  let at = 0
  for (const value of values) {
    bits = ((bits << 6) | value) & 0xffff
    length += 6
    if (length >= 8) {
      length -= 8
      bytes[at++] = (bits >> length) & 0xff
    }
  }
  return textOfBytes(bytes) === text ? bytes : undefined
}
