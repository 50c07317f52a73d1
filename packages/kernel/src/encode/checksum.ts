/**
 * FNV-1a, 32 bits: tells bytes that were damaged on the way. It is no proof of who wrote them.
 */
export const checksumLength = 4

export const checksumOf = (bytes: Uint8Array, end: number): number => {
  let sum = 0x811c9dc5
  for (let i = 0; i < end; i++) sum = Math.imul(sum ^ bytes[i]!, 0x01000193)
  return sum >>> 0
}
