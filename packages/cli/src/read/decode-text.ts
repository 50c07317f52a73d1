/**
 * Decodes bytes to text: UTF-16 when they begin with its byte order mark, as PowerShell writes
 * files, and UTF-8 otherwise.
 */

/**
 * The text, without its byte order mark. Throws for other bytes: a lenient decoder would replace
 * them, and so change names silently.
 */
export const decodeText = (bytes: Uint8Array): string =>
  new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)

/**
 * Whether the bytes are UTF-16 without its mark: of text that begins with two ASCII characters, one
 * of the first two bytes is 0. In UTF-8 they would be characters that neither JSON nor YAML has.
 */
export const isUnmarked = ([first, second]: Uint8Array): boolean => first === 0 || second === 0

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
