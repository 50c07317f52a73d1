/**
 * Patterns as programs of a machine that runs over a text once, in time linear in it, whatever text
 * and pattern are. What a pattern looks like when a person writes it is an adapter's matter; it
 * builds the program from the pieces below.
 *
 * A program is a list of instructions, one after the other, in plain numbers. Targets are relative
 * to the instruction. `0`: the text is accepted when it ends here. `1 target`: go there. `2 target
 * target`: try both. `3 n (least most)*`: take one code point that lies in one of n ranges. `4`: go
 * on at the start of the text only. `5`: go on at its end only.
 */
export type Program = readonly number[]

/** The length of the longest program that is let in. */
export const patternMax = 8192

export const instruction = { end: 0, go: 1, fork: 2, take: 3, atStart: 4, atEnd: 5 } as const

/** Part of a pattern: any number of them, one after the other, is part of one again. */
export type Piece = readonly number[]

/** Code points from `least` to `most`, both included. */
export type CodePointRange = readonly [least: number, most: number]

/** One code point that lies in one of the ranges; in none, when there is none. */
const oneOf = (ranges: readonly CodePointRange[]): Piece => [
  instruction.take,
  ranges.length,
  ...ranges.flat(),
]

/** This text and no other. */
const text = (literal: string): Piece =>
  [...literal].flatMap((character) => {
    const point = character.codePointAt(0)!
    return oneOf([[point, point]])
  })

/** The one, or the other. */
const either = (one: Piece, other: Piece): Piece => [
  ...[instruction.fork, 3, 3 + one.length + 2],
  ...[...one, instruction.go, 2 + other.length],
  ...other,
]

/** The piece any number of times, or not at all. */
const many = (piece: Piece): Piece => [
  ...[instruction.fork, 3, 3 + piece.length + 2],
  ...[...piece, instruction.go, -3 - piece.length],
]

/** The piece once, or any number of times more. */
const some = (piece: Piece): Piece => [...piece, instruction.fork, -piece.length, 3]

/**
 * The pieces of patterns: `program` makes one of them whole. `atStart` and `atEnd` take nothing,
 * and hold at either end of the text.
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
