/**
 * Escapes characters that would control a terminal: names come from the user's documents and may
 * contain any character.
 */

/**
 * The text on one line, with control characters, line breaks and changes of the reading direction
 * escaped as in JSON. Other characters stay as they are.
 */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
