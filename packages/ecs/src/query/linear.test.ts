/**
 * Tests that matching an attribute value with a pattern (a regular expression) takes a linear
 * number of steps, so that no pattern can stall an expression. Counts steps instead of measuring
 * time.
 */
import { accepts, pattern, patternMax, type Program } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../pattern/compile.js'
import { queryOptions } from './options.js'
import { expressionMax } from './parse.js'
import { programOf } from '../lower/program.js'

type Accepting = (program: Program, text: string) => boolean

/**
 * How often a number of the program is looked at while a text is run through it; more than `most`
 * is not waited for.
 */
const steps = (accepting: Accepting, program: Program, text: string, most: number): number => {
  let count = 0
  const watched = new Proxy(program, {
    get: (target, key) => {
      if (count++ > most) throw new Error('too many steps')
      return Reflect.get(target, key) as unknown
    },
  })
  try {
    accepting(watched, text)
  } catch (thrown) {
    if (count <= most) throw thrown
  }
  return count
}

const anyNasty = fc
  .array(
    fc.constantFrom(...'aab.*+?|()[]^$', '{1,30}', '(a+)+', '(a|aa)*', '(a*)*', '(.*)*', '\\d'),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))

/** Texts on which backtracking tries everything before it gives up. */
const anyText = fc.nat({ max: 60 }).map((length) => `${'a'.repeat(length)}!`)

const isLinear = (accepting: Accepting) =>
  fc.property(anyNasty, anyText, fc.constantFrom('whole', 'part'), (text, value, anchoring) => {
    const piece = compilePattern(text)
    if (!isRight(piece)) return true
    const program = programOf(piece.right, { ...queryOptions, anchoring })
    const most = 8 * program.length * (value.length + 2)
    return steps(accepting, program, value, most) <= most
  })

/** One way after the other, and none of them remembered. */
const backtracking: Accepting = (program, text) => {
  const leads = (at: number, position: number, idle: ReadonlySet<number>): boolean => {
    if (idle.has(at)) return false
    const seen = new Set([...idle, at])
    const [code, a, b] = [program[at], program[at + 1]!, program[at + 2]!]
    if (code === 0) return position === text.length
    if (code === 1) return leads(at + a, position, seen)
    if (code === 2) return leads(at + a, position, seen) || leads(at + b, position, seen)
    if (code === 4) return position === 0 && leads(at + 1, position, seen)
    if (code === 5) return position === text.length && leads(at + 1, position, seen)
    const point = text.charCodeAt(position)
    const isTaken = Array.from({ length: a }, (_, i) => [
      program[at + 2 + 2 * i]!,
      program[at + 3 + 2 * i]!,
    ]).some(([least, most]) => least! <= point && point <= most!)
    return position < text.length && isTaken && leads(at + 2 + 2 * a, position + 1, new Set())
  }
  return leads(0, 0, new Set())
}

describe('a pattern', () => {
  it('is asked in steps that grow as the program and the value do', () => {
    fc.assert(isLinear(accepts), { numRuns: 2_000 })
  })
  it('is not when one way is tried after the other', () => {
    expect(isRefuted(isLinear(backtracking))).toBe(true)
  })

  it.each(['(a+)+b', '(a|aa)+b', '(a*)*b', '((a+)+)+b', '(.*a){20}', 'a?'.repeat(30) + 'a{30}'])(
    '%s takes twice the steps for twice the value',
    (text) => {
      const piece = compilePattern(text)
      const program = isRight(piece) ? pattern.program(piece.right) : expect.fail(text)
      const of = (length: number) => steps(accepts, program, 'a'.repeat(length), 10_000_000)
      const [first, second, third] = [of(1_000), of(2_000), of(3_000)] as const
      expect(third - second).toBe(second - first)
    },
  )

  const longest = fc
    .tuple(
      fc.constantFrom('(a+)+', '[^a]{9}', '(a|b)?', '((a{9}){9}){9}', 'a|', '(', '\\W', 'a{99}'),
      fc.nat({ max: 9 }),
    )
    .map(([part, less]) => part.repeat(Math.floor(expressionMax / part.length) - less))

  it('is no longer than a program may be, however long it is written', () => {
    fc.assert(
      fc.property(fc.oneof(longest, anyNasty), (text) => {
        const piece = compilePattern(text)
        if (!isRight(piece)) return true
        const program = programOf(piece.right, { ...queryOptions, anchoring: 'part' })
        return program.length <= patternMax
      }),
    )
  })
})
