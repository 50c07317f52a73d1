/**
 * Builds text-matching programs (see `program.ts`) from pieces: text, ranges, alternatives,
 * repetition. An adapter (the Kubernetes or ECS package) translates its platform's patterns to
 * these pieces.
 */
import { instruction, type Program } from './program.js'

/** A part of a program. Pieces that are concatenated form a piece again. */
export type Piece = readonly number[]

/** The code points from `least` to `most`, both included. */
export type CodePointRange = readonly [least: number, most: number]

/** Reads one code point that lies in one of the ranges; never matches without a range. */
const oneOf = (ranges: readonly CodePointRange[]): Piece => [
  instruction.take,
  ranges.length,
  ...ranges.flat(),
]

/** Reads exactly this text. */
const text = (literal: string): Piece =>
  [...literal].flatMap((character) => {
    const point = character.codePointAt(0)!
    return oneOf([[point, point]])
  })

/** Matches one piece or the other. */
const either = (one: Piece, other: Piece): Piece => [
  ...[instruction.fork, 3, 3 + one.length + 2],
  ...[...one, instruction.go, 2 + other.length],
  ...other,
]

/** Repeats a piece any number of times, zero included. */
const kleeneStar = (piece: Piece): Piece => [
  ...[instruction.fork, 3, 3 + piece.length + 2],
  ...[...piece, instruction.go, -3 - piece.length],
]

/** Repeats a piece at least once. */
const kleenePlus = (piece: Piece): Piece => [...piece, instruction.fork, -piece.length, 3]

/**
 * The pieces that patterns are built from, and `program`, which makes them a whole program.
 * `atStart` and `atEnd` read nothing and match only at that end of the text.
 */
export const pattern = {
  text,
  oneOf,
  any: oneOf([[0, 0x10ffff]]),
  either,
  many: kleeneStar,
  some: kleenePlus,
  atStart: [instruction.atStart] as Piece,
  atEnd: [instruction.atEnd] as Piece,
  program: (...pieces: readonly Piece[]): Program => [...pieces.flat(), instruction.end],
}
