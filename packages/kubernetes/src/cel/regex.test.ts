/**
 * Tests regular expressions of CEL against those of the JavaScript runtime, on the syntax that both
 * have in common.
 */
import { isRefuted } from '@stowage/testing'
import fc, { type Arbitrary } from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { matchesRegex } from './regex.js'

const matches = (source: string, text: string): boolean | string =>
  E.toUnion(matchesRegex(text, source))

const character = fc.constantFrom(...'abAB1_- ', '\\.', '\\/', '\\x41', '\\*', '💧')
const inBrackets = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.constantFrom('a', 'B', 'a-c', '0-9', '\\d', '\\W', '_', '.', '💧'), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([not, members]) => `[${not}${members.join('')}]`)
const anyRegex: Arbitrary<string> = fc.letrec<{ readonly regex: string }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(character, inBrackets, fc.constantFrom('.', '\\d', '\\D', '\\w', '\\W', '^', '$', '')),
    fc.tuple(tie('regex'), tie('regex')).map((parts) => parts.join('')),
    fc.tuple(tie('regex'), tie('regex')).map((parts) => `(?:${parts.join('|')})`),
    fc
      .tuple(tie('regex'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '{1,2}?'))
      .map(([part, often]) => `(${part})${often}`),
  ),
})).regex
const anyText = fc
  .array(fc.constantFrom(...'aabbAB19_-. /', '💧', '\n', 'é'), { maxLength: 6 })
  .map((characters) => characters.join(''))

/** In both `.` leaves out the line feed; no text has another end of a line. */
const oracle = (source: string, text: string): boolean => new RegExp(source, 'u').test(text)
const agrees = (matching: typeof matches) =>
  fc.property(anyRegex, anyText, (source, text) => matching(source, text) === oracle(source, text))

describe('a regular expression', () => {
  it('matches what the oracle says', () => fc.assert(agrees(matches), { numRuns: 3_000 }))
  it.each<[string, typeof matches]>([
    ['the whole text has to match', (source, text) => matches(`^(?:${source})$`, text)],
    [
      'a repetition is asked for once',
      (source, text) => matches(source.replaceAll('*', '+'), text),
    ],
    ['a set is not negated', (source, text) => matches(source.replaceAll('[^', '['), text)],
    ['a dot is any character', (source, text) => matches(`(?s)${source}`, text)],
    ['letters are taken in both cases', (source, text) => matches(`(?i)${source}`, text)],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })

  it.each([
    ['^(?i)nvidia-[ah]100$', 'NVIDIA-A100', true],
    ['(?i:k)', '\u212a', true],
    ['(?i)[^k]', 'K', false],
    ['(?P<name>a)(?<other>b)', 'ab', true],
    ['(?s-i:.)b', '\nb', true],
    ['[[:alpha:]][[:^digit:]]', 'a1', false],
    ['^\\Qa.b\\E+$', 'a.bb', true],
    ['^\\Qa.b\\E+$', 'a.ba.b', false],
    ['^\\Q(|*\\E|x$', '(|*', true],
    ['\\x{1F4A7}\\101', '\u{1F4A7}A', true],
    ['a{,2}', 'a{,2}', true],
    ['\\Aa\\z', 'a', true],
    ['[]a]', ']', true],
  ])('%s on %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected)
  })

  it.each([
    ['a(', 'a ) is missing'],
    ['a)', 'unexpected )'],
    ['[a', 'a ] is missing'],
    ['*a', 'nothing to repeat before *'],
    ['a**', 'a repetition of a repetition'],
    ['a{2,1}', 'a repetition that ends before it begins'],
    ['a{1001}', 'more than 1000 repetitions'],
    ['(a{100}){100}', 'it is too large'],
    ['\\bword', 'the escape \\b is not supported'],
    ['\\pL', 'the escape \\p is not supported'],
    ['\\1', 'the escape \\1 is not supported'],
    ['(?m)^a', 'the flag m is not supported'],
    ['(?=a)', 'the flag = is not supported'],
    ['(?i)é', 'cases of letters beyond ASCII are not supported'],
    ['[z-a]', 'a range that ends before it begins'],
    ['[[:x:]]', 'a class between [: and :] has no such name'],
    ['a\\', 'nothing follows the last backslash'],
    ['('.repeat(101), 'more than 100 groups in groups'],
  ])('%s is refused', (source, why) => {
    expect(matches(source, 'a')).toBe(`regular expression ${JSON.stringify(source)}: ${why}`)
  })

  it('takes time linear in the text', () => {
    expect(matches('^(a+)+$', `${'a'.repeat(20_000)}b`)).toBe(false)
  })
})
