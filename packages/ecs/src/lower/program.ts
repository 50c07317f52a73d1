/**
 * Turns a compiled regular expression (the automaton piece that `pattern/compile.ts` returns) into
 * a program that the kernel runs on a text. The option `anchoring` decides whether the program must
 * match the whole text or any part of the text.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anyPiece = pattern.many(pattern.any)

/** The program of a pattern, as the option `anchoring` says. */
export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anyPiece, piece, anyPiece)
