/** Splits the line of an example into words, for tests that run it. */

/** The words of a line, as a shell splits it, without `stowage`. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain).slice(1)
