/**
 * Compiles the automaton of a regular expression to a flat list of instructions, with which the
 * kernel matches attribute values. The option `anchoring` decides whether the expression must match
 * the whole value or any part of it.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anyPiece = pattern.many(pattern.any)

/** The program of a pattern, as the option `anchoring` says. */
export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anyPiece, piece, anyPiece)
