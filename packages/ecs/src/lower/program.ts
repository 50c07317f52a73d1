/** A pattern made whole: all of the value, or any part of it. */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import type { QueryOptions } from '../query/options.js'

const anything = pattern.many(pattern.any)

export const programOf = (piece: Piece, { anchoring }: QueryOptions): Program =>
  anchoring === 'whole' ? pattern.program(piece) : pattern.program(anything, piece, anything)
