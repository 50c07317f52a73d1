/**
 * Checks the program of a text pattern (an automaton as a list of numbers): every instruction must
 * be complete, and every jump must lead to the start of an instruction.
 */
import { instruction, patternMax } from '../rule/program.js'
import { wholeNumber } from './amounts.js'
import { list, malformedValue, type Check } from './shape.js'

/** A program of at most `patternMax` numbers. */
export const program: Check = (value, at, symbols) => {
  const found = list(wholeNumber, 1)(value, at, symbols)
  if (found !== undefined) return found
  const numbers = value as readonly number[]
  if (numbers.length > patternMax)
    return malformedValue(at, numbers, `a program of at most ${patternMax} numbers`)
  const starts = startsOf(numbers)
  if (starts.at(-1) !== numbers.length)
    return malformedValue([...at, starts.at(-1)!], numbers[starts.at(-1)!], 'a whole instruction')
  const instructions = new Set(starts.slice(0, -1))
  const astray =
    instructions.size === 0
      ? 0
      : [...instructions].find((start) => !leadsToInstruction(numbers, start, instructions))
  return astray === undefined
    ? undefined
    : malformedValue([...at, astray], numbers[astray], 'an instruction that leads to another')
}

/**
 * The start of every instruction and, last, the end of the program or the start of the first
 * incomplete instruction.
 */
const startsOf = (numbers: readonly number[]): readonly number[] => {
  const starts = [0]
  for (;;) {
    const start = starts.at(-1)!
    const size = sizeOf(numbers, start)
    if (size === undefined || start + size > numbers.length) return starts
    starts.push(start + size)
    if (start + size === numbers.length) return starts
  }
}

const sizeOf = (numbers: readonly number[], start: number): number | undefined => {
  switch (numbers[start]) {
    case instruction.go:
      return 2
    case instruction.fork:
      return 3
    case instruction.take: {
      const ranges = numbers[start + 1] ?? -1
      return ranges < 0 ? undefined : 2 + 2 * ranges
    }
    case instruction.end:
    case instruction.atStart:
    case instruction.atEnd:
      return 1
    default:
      return undefined
  }
}

const leadsToInstruction = (
  numbers: readonly number[],
  start: number,
  starts: ReadonlySet<number>,
): boolean => {
  switch (numbers[start]) {
    case instruction.end:
      return true
    case instruction.go:
      return starts.has(start + numbers[start + 1]!)
    case instruction.fork:
      return starts.has(start + numbers[start + 1]!) && starts.has(start + numbers[start + 2]!)
    default:
      return starts.has(start + sizeOf(numbers, start)!)
  }
}
