/**
 * Computes the checksum of an encoded cluster: FNV-1a, 32 bits. The checksum detects damage and
 * does not protect against forgery.
 */
/** The length of a checksum, in bytes. */
export const checksumLength = 4

/** The checksum of the bytes before `end`. */
export const checksumOf = (bytes: Uint8Array, end: number): number => {
  let sum = 0x811c9dc5
  for (let i = 0; i < end; i++) sum = Math.imul(sum ^ bytes[i]!, 0x01000193)
  return sum >>> 0
}
