/**
 * Escapes characters that would control a terminal: names come from the user's documents and may
 * contain any character.
 */

/**
 * The classes Cc, Zl, Zp and Bidi_Control, listed: some engines, such as the one of a WebAssembly
 * component, have no `\p`.
 */
const controls = /[^ -\u{10ffff}]|[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/**
 * The text on one line, with control characters, line breaks and changes of the reading direction
 * escaped as in JSON. Other characters stay as they are.
 */
export const printable = (text: string): string =>
  text.replace(
    controls,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
