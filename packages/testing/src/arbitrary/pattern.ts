/**
 * Generates random pattern programs (compiled regular expressions). Most are composed from the
 * kernel's `pattern` functions, as real programs are. Some are random instructions, with empty
 * loops and unreachable code.
 */
import { pattern, type Piece, type Program } from '@stowage/kernel'
import fc, { type Arbitrary } from 'fast-check'

const range = fc
  .tuple(fc.constantFrom(...'x1a.💧'), fc.constantFrom(0, 1, 20))
  .map(([letter, more]) => [letter.codePointAt(0)!, letter.codePointAt(0)! + more] as const)

const ranges = fc.array(range, { maxLength: 2 })

const piece: Arbitrary<Piece> = fc.letrec<{ readonly piece: Piece }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('x', '', '1', 'y', '.', '💧', '1.').map(pattern.text),
    fc.constant(pattern.any),
    ranges.map(pattern.oneOf),
    tie('piece').map(pattern.many),
    fc.tuple(tie('piece'), tie('piece')).map(([one, other]) => pattern.either(one, other)),
    fc.tuple(tie('piece'), tie('piece')).map(([one, other]) => [...one, ...other]),
    fc.constantFrom(pattern.atStart, pattern.atEnd),
  ),
})).piece

const anyBuilt: Arbitrary<Program> = fc
  .array(piece, { maxLength: 3 })
  .map((pieces) => pattern.program(...pieces))

/** An instruction whose jumps are positions among all instructions, modulo their number. */
type Instruction = readonly [code: 0 | 1 | 2 | 4 | 5, to: number, or: number] | readonly [3, Piece]

const anyInstruction: Arbitrary<Instruction> = fc.oneof(
  fc.tuple(fc.constantFrom(0, 1, 2, 4, 5), fc.nat(7), fc.nat(7)),
  fc.tuple(fc.constant(3), fc.oneof(ranges.map(pattern.oneOf), fc.constant(pattern.any))),
)

const sizeOf = (one: Instruction): number =>
  one[0] === 3 ? one[1].length : one[0] === 1 ? 2 : one[0] === 2 ? 3 : 1

/** The program of these instructions, with an accepting end. */
const assemble = (instructions: readonly Instruction[]): Program => {
  const starts = [0]
  for (const one of instructions) starts.push(starts[starts.length - 1]! + sizeOf(one))
  return [
    ...instructions.flatMap((one, i) => {
      if (one[0] === 3) return one[1]
      const steps = one.slice(1).map((to) => starts[to % starts.length]! - starts[i]!)
      return [one[0], ...steps].slice(0, sizeOf(one))
    }),
    0,
  ]
}

const anyAssembled: Arbitrary<Program> = fc.array(anyInstruction, { maxLength: 6 }).map(assemble)

/** Any program of a few instructions. */
export const anyProgram: Arbitrary<Program> = fc.oneof(
  { weight: 4, arbitrary: anyBuilt },
  { weight: 1, arbitrary: anyAssembled },
)
