/**
 * Converts a compiled regular expression to an automaton program of the kernel, which matches the
 * whole value or any part of it, as the option `anchoring` says.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anyPiece = pattern.many(pattern.any)

/** The program of a pattern, as the option `anchoring` says. */
export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anyPiece, piece, anyPiece)
