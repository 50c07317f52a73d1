/**
 * Describes the output device of a text, a terminal or a pipe, and decides whether to use colours.
 * A pipe or a file has no width and no colours, so that piped output does not depend on who runs
 * the command.
 */

/** A terminal, or a pipe. */
export interface Terminal {
  /** Its width in columns; absent for a pipe, and infinite where nothing is to be folded. */
  readonly columns?: number
  readonly hasBars: boolean
  readonly hasColour: boolean
}

/** A pipe or a file. */
export const pipe: Terminal = { hasBars: false, hasColour: false }

/** What decides about colours. */
export interface ColourWish {
  /** `--color`. */
  readonly flag?: 'auto' | 'always' | 'never' | undefined
  readonly isTerminal: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Whether to print colours. In this order: `--color`; FORCE_COLOR, unless it is 0 or false, as in
 * Node; NO_COLOR, unless it is empty (no-color.org); a terminal that is not dumb.
 */
export const isColoured = ({ flag = 'auto', isTerminal, environment }: ColourWish): boolean => {
  if (flag !== 'auto') return flag === 'always'
  const { FORCE_COLOR: forced, NO_COLOR: refused = '', TERM } = environment
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return refused === '' && isTerminal && TERM !== 'dumb'
}
