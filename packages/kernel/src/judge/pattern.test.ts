/**
 * Tests the matcher of text patterns against a twin (a slow reference implementation). Also tests
 * that matching takes linear time.
 */
import { isRefuted } from '@stowage/testing'
import { anyProgram } from '../../../testing/src/arbitrary/pattern.js'
import { acceptsTwin } from '../../../testing/src/twin/pattern.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pattern } from '../rule/pattern.js'
import { instruction, type Program } from '../rule/program.js'
import { accepts } from './pattern.js'

const anyText = fc
  .array(fc.constantFrom(...['x', '1', '.', 'a', 'y', '💧', '\ud83d']), { maxLength: 5 })
  .map((letters) => letters.join(''))

const agrees = (accepting: typeof accepts) =>
  fc.property(
    anyProgram,
    anyText,
    (program, text) => accepting(program, text) === acceptsTwin(program, text),
  )

/** The program with its instructions changed for others of their sizes. */
const rewritten =
  (change: (one: readonly number[]) => readonly number[]): typeof accepts =>
  (program, text) => {
    const changed: number[] = []
    while (changed.length < program.length) {
      const rest = program.slice(changed.length)
      changed.push(...change(rest.slice(0, sizeOf(rest))))
    }
    return accepts(changed, text)
  }

const sizeOf = ([code, ranges]: Program): number => {
  if (code === instruction.take) return 2 + 2 * ranges!
  return code === instruction.go ? 2 : code === instruction.fork ? 3 : 1
}

describe('a pattern', () => {
  it('accepts what some way through it accepts', () =>
    fc.assert(agrees(accepts), { numRuns: 1_000 }))

  it.each<[string, typeof accepts]>([
    ['a part of the text is enough', (program, text) => accepts(program, text.slice(0, -1))],
    [
      'it may begin anywhere',
      (program, text) => [...text, ''].some((_, i, all) => accepts(program, all.slice(i).join(''))),
    ],
    [
      'a code unit is taken for a code point',
      (program, text) => accepts(program, text.replaceAll('💧', '\ud83d.')),
    ],
    [
      'only one way is tried',
      rewritten((one) => (one[0] === instruction.fork ? [instruction.go, one[1]!, 0] : one)),
    ],
    [
      'the last of a range is not in it',
      rewritten((one) =>
        one.map((n, i) => (one[0] === instruction.take && i > 1 && i % 2 === 1 ? n - 1 : n)),
      ),
    ],
    [
      'the end is taken for the start',
      rewritten((one) => (one[0] === instruction.atEnd ? [instruction.atStart] : one)),
    ],
    [
      'the start is taken for the end',
      rewritten((one) => (one[0] === instruction.atStart ? [instruction.atEnd] : one)),
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })

  it('takes some of a piece, and not none', () => {
    const program = pattern.program(pattern.some(pattern.text('xy')))
    expect(['', 'xy', 'xyxy', 'xyx'].map((text) => accepts(program, text))).toEqual([
      ...[false, true, true, false],
    ])
  })

  it('takes no longer than the text is long, whatever it is', () => {
    const x = pattern.text('x')
    const stalling = pattern.program(pattern.many(pattern.many(pattern.either(x, x))))
    expect(accepts(stalling, `${'x'.repeat(5_000)}y`)).toBe(false)
    expect(accepts(stalling, 'x'.repeat(5_000))).toBe(true)
  })

  it('takes nothing but what an instruction to take says, and not beyond its ranges', () => {
    const { end, fork, take } = instruction
    // Read as one to take, the first end would take anything up to `b`, and the last would be next.
    const early = [fork, 3, 4, end, take, 1, 98, 98, end, take, 0, end]
    expect(['', 'a', 'b'].map((text) => accepts(early, text))).toEqual([true, false, true])
    const long = pattern.program(pattern.either(pattern.text('a'), pattern.text('bcdef')))
    expect(accepts(long, '\u0005')).toBe(false)
  })

  it('ends when its instructions lead in a circle', () => {
    expect(accepts([instruction.go, 0], '')).toBe(false)
    expect(accepts([instruction.fork, 0, 3, instruction.end], '')).toBe(true)
  })
})
