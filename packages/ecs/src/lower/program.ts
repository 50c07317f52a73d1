/**
 * Turns the automaton of a regular expression into the program with which the kernel matches texts.
 * The option `anchoring` decides whether the whole text must match, or any part of it.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anyPiece = pattern.many(pattern.any)

/** The program of a pattern, as the option `anchoring` says. */
export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anyPiece, piece, anyPiece)
