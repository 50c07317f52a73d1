/**
 * Completes a compiled regular expression (the automaton piece that `pattern/compile.ts` returns)
 * to an automaton program, which the kernel runs on a text. By the option `anchoring`, the program
 * matches the whole text or any part of it.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anyPiece = pattern.many(pattern.any)

/** The program of a pattern, as the option `anchoring` says. */
export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anyPiece, piece, anyPiece)
