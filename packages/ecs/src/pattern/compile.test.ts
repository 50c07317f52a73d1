/**
 * Tests compiled patterns against the runtime's own regular expressions, on the syntax that these
 * share with Java's.
 */
import { accepts, pattern, patternMax, type Piece } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc, { type Arbitrary } from 'fast-check'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { compilePattern } from './compile.js'

const compiled = (text: string): Piece => {
  const piece = compilePattern(text)
  return isRight(piece) ? piece.right : expect.fail(`${text}: ${JSON.stringify(piece.left)}`)
}
const fault = (text: string) => {
  const piece = compilePattern(text)
  return isLeft(piece) ? piece.left : expect.fail(`${text} was compiled`)
}
const matches = (text: string, value: string) => accepts(pattern.program(compiled(text)), value)

const character = fc.constantFrom(...'abAB1_- ', '\\.', '\\/', '\\x41', '💧')
const inBrackets: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.constantFrom('a', 'B', 'a-c', '0-9', '\\d', '\\W', '_', '.', '💧'), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([not, members]) => `[${not}${members.join('')}]`)

const anyPattern: Arbitrary<string> = fc.letrec<{ readonly pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(character, inBrackets, fc.constantFrom('.', '\\d', '\\D', '\\w', '\\W', '^', '$', '')),
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(?:${parts.join('|')})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '{1,2}?'))
      .map(([part, often]) => `(${part})${often}`),
  ),
})).pattern

const anyValue = fc
  .array(fc.constantFrom(...'aabbAB19_-. /', '💧', '\n', 'é'), { maxLength: 6 })
  .map((characters) => characters.join(''))

/**
 * In Java as here `.` leaves out a line separator of Unicode more than in JavaScript; no value that
 * is drawn has one.
 */
const oracle = (text: string, value: string): boolean =>
  new RegExp(`^(?:${text})$`, 'u').test(value)

const agrees = (matching: (text: string, value: string) => boolean) =>
  fc.property(anyPattern, anyValue, (text, value) => matching(text, value) === oracle(text, value))

describe('a pattern', () => {
  it('matches what the oracle says', () => fc.assert(agrees(matches), { numRuns: 5_000 }))

  it.each<[string, typeof matches]>([
    [
      'a repetition is asked for once at least',
      (text, value) => matches(text.replaceAll('*', '+'), value),
    ],
    [
      'a counted repetition has no upper end',
      (text, value) => matches(text.replaceAll(',2}', ',}'), value),
    ],
    [
      'the alternatives end at the first',
      (text, value) => matches(text.replaceAll(/\|[^()|]*/g, ''), value),
    ],
    ['a set is not denied', (text, value) => matches(text.replaceAll('[^', '['), value)],
    ['a part of the value is enough', (text, value) => matches(`${text}.*`, value)],
    ['a dot is any character', (text, value) => matches(`(?s)${text}`, value)],
    ['letters are taken in both cases', (text, value) => matches(`(?i)${text}`, value)],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })
})

describe('what Java says beyond the oracle', () => {
  it.each([
    ['[a-d[m-p]]', 'adm', 'eq'],
    ['[a-z&&[def]]', 'def', 'ag'],
    ['[a-z&&[^bc]]', 'ad', 'bc'],
    ['[a-z&&def]', 'de', 'a'],
    ['[]a]', ']a', 'b'],
    ['[^]a]', 'b', ']a'],
    ['[a-]', 'a-', 'b'],
    ['[a-[b]]', 'a-b', 'c'],
    ['\\p{Upper}', 'AZ', 'a1'],
    ['\\P{Upper}', 'a1', 'AZ'],
    ['[\\p{Alpha}\\p{Digit}]', 'aZ9', '_-'],
    ['\\p{Punct}', '!/:@[`{~', 'a1 '],
    ['\\s', ' \t\n\r\f\u000b', 'a\u00a0'],
    ['\\S', 'a\u00a0', ' \t'],
    ['.', 'a\t\u0000', '\n\r\u0085\u2028\u2029'],
    ['(?s).', '\n\u2028', ''],
    ['\\t|\\n|\\e|\\a|\\f|\\r', '\t\n\u001b\u0007\f\r', 'tneafr'],
    ['\\x41|\\u0042|\\0103|\\cD', 'ABC\u0004', 'D'],
    ['(?i)[b-d]', 'bBdD', 'aA'],
    ['(?i:k)', 'kK', '\u212a'],
    ['(?<name>a)', 'a', 'b'],
    ['\\A\\Qa\\E\\z', 'a', 'b'],
    [']', ']', '['],
    ['}', '}', '{'],
  ])('%s takes each of %j and none of %j', (text, right, wrong) => {
    expect([...right].filter((value) => !matches(text, value))).toEqual([])
    expect([...wrong].filter((value) => matches(text, value))).toEqual([])
  })

  it.each([
    ['\\Qa.b*\\E+', 'a.b**', 'a.ba.b*'],
    ['\\Q(', '(', ''],
    ['a(?i)b|c', 'aB', 'Ab'],
    ['a(?i)b|c', 'C', 'A'],
    ['(a(?i)b)c', 'aBc', 'abC'],
    ['(?i)a(?-i)b', 'Ab', 'aB'],
    ['a??b', 'b', 'aab'],
    ['', '', 'a'],
    ['|a', 'a', 'b'],
    ['x(a|)y', 'xy', 'x'],
  ])('%s takes %j and not %j', (text, right, wrong) => {
    expect([matches(text, right), matches(text, wrong)]).toEqual([true, false])
  })
})

const oneOfPosix =
  'one of \\p{Lower}, \\p{Upper}, \\p{ASCII}, \\p{Alpha}, \\p{Digit}, \\p{Alnum}, \\p{Punct}, \\p{Graph}, \\p{Print}, \\p{Blank}, \\p{Cntrl}, \\p{XDigit}, \\p{Space}'

describe('what is refused', () => {
  it.each<[text: string, at: number, expected: string]>([
    ['(a)\\1', 3, 'no reference back to a group: an automaton has no memory of one'],
    ['(?<n>a)\\k<n>', 7, 'no reference back to a group: an automaton has no memory of one'],
    ['a(?=b)', 1, 'no looking around: an automaton sees one character at a time'],
    ['a(?!b)', 1, 'no looking around: an automaton sees one character at a time'],
    ['(?<=a)b', 0, 'no looking around: an automaton sees one character at a time'],
    ['(?<!a)b', 0, 'no looking around: an automaton sees one character at a time'],
    ['(?>a*)b', 0, 'no group that gives nothing back: an automaton has no second try to forbid'],
    ['a*+b', 1, 'no possessive repetition: an automaton gives nothing back'],
    ['a{2}+', 1, 'no possessive repetition: an automaton gives nothing back'],
    ['\\bm5', 0, 'no boundary of words: an automaton sees one character at a time'],
    ['(?m)a', 0, 'a group, or the flags i and s'],
    ['m\\y', 1, 'an escape that has a meaning in Java 6, such as \\d or \\.'],
    ['m\\', 1, 'a character behind the backslash'],
    ['\\x4', 0, 'a character by its number, such as \\x41, \\u0041 or \\0101'],
    ['*a', 0, 'something that this repeats'],
    ['a**', 2, 'something that this repeats'],
    ['a{2', 1, 'a repetition such as {2}, {2,} or {2,3}'],
    ['a{3,2}', 1, 'a repetition such as {2}, {2,} or {2,3}'],
    ['(a', 0, 'a ) that closes this'],
    ['a)', 1, 'a group that this closes'],
    ['a[b', 1, 'a ] that closes this'],
    ['[b-a]', 1, 'a range from one character to a later one'],
    ['[\\d-z]', 1, 'a range from one character to a later one'],
    ['[^a[b]]', 3, 'neither [ nor && where ^ comes first'],
    ['[^a&&b]', 3, 'neither [ nor && where ^ comes first'],
    ['[&&a]', 1, 'characters before &&'],
    ['[a&&]', 0, 'a ] that closes this'],
    ['\\p{L}', 0, oneOfPosix],
    ['\\p', 0, oneOfPosix],
  ])('%s at %i: %s', (text, at, expected) => {
    expect(fault(text)).toMatchObject({ at, expected })
  })

  it.each([
    ['a{9000}', 1],
    ['(a{100}){100}', 8],
    ['((((a{20}){20}){20}){20})', 10],
    ['(){99999999}', 2],
    [Array(300).fill('a{100}').join('|'), 0],
    ['a{1000}'.repeat(10), 7],
  ])('%s is longer than a program may be', (text) => {
    expect(fault(text).expected).toBe(`a pattern whose automaton has at most ${patternMax} numbers`)
  })

  it.each(['(', '['])('is what has a thousand %s', (opening) => {
    expect(fault(opening.repeat(1000)).at).toBe(50)
  })
})
