/**
 * Splits an example command line of the help into its arguments, as a shell would, for tests that
 * run the examples.
 */

/** The words of a line, as a shell splits it, without `stowage`. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain).slice(1)
