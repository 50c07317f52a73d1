/**
 * Patterns as programs of an automaton that reads a text once. Its time is linear in the text
 * whatever the pattern is, so no pattern can stall it. An adapter compiles its platform's pattern
 * language from the pieces below.
 *
 * A program is a flat list of numbers. Targets are relative to the instruction:
 *
 * - `0`: accept if the text ends here.
 * - `1 target`: go to the target.
 * - `2 target target`: try both targets.
 * - `3 n (least most)*`: read one code point that lies in one of n ranges.
 * - `4`: continue only at the start of the text.
 * - `5`: continue only at the end of the text.
 */
/** A whole program, as `pattern.program` makes it. */
export type Program = readonly number[]

/** The largest allowed length of a program, in numbers. */
export const patternMax = 8192

/** The instructions by name. */
export const instruction = { end: 0, go: 1, fork: 2, take: 3, atStart: 4, atEnd: 5 } as const

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
const many = (piece: Piece): Piece => [
  ...[instruction.fork, 3, 3 + piece.length + 2],
  ...[...piece, instruction.go, -3 - piece.length],
]

/** Repeats a piece at least once. */
const some = (piece: Piece): Piece => [...piece, instruction.fork, -piece.length, 3]

/**
 * The pieces that patterns are built from, and `program`, which makes them a whole program.
 * `atStart` and `atEnd` read nothing and match only at that end of the text.
 */
export const pattern = {
  text,
  oneOf,
  any: oneOf([[0, 0x10ffff]]),
  either,
  many,
  some,
  atStart: [instruction.atStart] as Piece,
  atEnd: [instruction.atEnd] as Piece,
  program: (...pieces: readonly Piece[]): Program => [...pieces.flat(), instruction.end],
}
