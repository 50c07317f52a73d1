/**
 * Implements the regular expressions of CEL's `matches()`: compiles them to programs of the
 * kernel's pattern matcher, which takes time linear in the text. An expression matches if it
 * matches any part of the text.
 *
 * Source: the Common Expression Language specification (matches), and RE2 syntax.
 */
import { accepts, pattern, patternMax, type Piece, type Program } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  anyPoint,
  asciiClasses,
  complementOf,
  inBothCases,
  perlClasses,
  pointSet,
  type CodePoints,
  type Range,
} from './code-points.js'

/** Whether any part of the text matches, or what is wrong with the expression. */
export const matchesRegex = (text: string, source: string): E.Either<string, boolean> =>
  pipe(
    compiledRegex(source),
    E.map((program) => accepts(program, text)),
  )

/**
 * The program of an expression, or what is wrong with it.
 *
 * Word boundaries, lines of their own (`(?m)`), Unicode classes and cases of letters beyond ASCII
 * are refused.
 */
export const compiledRegex = (source: string): E.Either<string, Program> => {
  const known = programs.get(source)
  if (known !== undefined) return known
  const made = compileRegex(source)
  if (programs.size >= programsMax) programs.clear()
  programs.set(source, made)
  return made
}

/** A selector is evaluated for each device of each node. */
const programs = new Map<string, E.Either<string, Program>>()
const programsMax = 256

interface Flags {
  readonly i: boolean
  readonly s: boolean
}

/** Where the parser is. `fault` is the first thing that is wrong. */
interface RegexCursor {
  readonly characters: readonly string[]
  at: number
  depth: number
  flags: Flags
  /** Between `\Q` and `\E` every character means itself. */
  isQuoted: boolean
  fault: string | undefined
}

const groupsMax = 100
const repeatMax = 1000

const compileRegex = (source: string): E.Either<string, Program> => {
  const cursor: RegexCursor = {
    ...{ characters: Array.from(source), at: 0, depth: 0 },
    ...{ flags: { i: false, s: false }, isQuoted: false, fault: undefined },
  }
  const piece = alternatives(cursor)
  if (cursor.fault === undefined && cursor.at < cursor.characters.length)
    cursor.fault = 'unexpected )'
  if (cursor.fault !== undefined)
    return E.left(`regular expression ${JSON.stringify(source)}: ${cursor.fault}`)
  const anywhere = pattern.many(pattern.any)
  const program = pattern.program(anywhere, piece, anywhere)
  return program.length > patternMax
    ? E.left(`regular expression ${JSON.stringify(source)}: it is too large`)
    : E.right(program)
}

const emptyPiece: Piece = []
const impossible: Piece = pattern.oneOf([])

const fail = (cursor: RegexCursor, fault: string): Piece => {
  cursor.fault ??= fault
  return impossible
}

const isAt = ({ characters, at }: RegexCursor, text: string): boolean =>
  Array.from(text).every((character, i) => characters[at + i] === character)

const takeText = (cursor: RegexCursor, text: string): boolean => {
  if (!isAt(cursor, text)) return false
  cursor.at += Array.from(text).length
  return true
}

const alternatives = (cursor: RegexCursor): Piece => {
  let piece = sequence(cursor)
  while (cursor.fault === undefined && takeText(cursor, '|'))
    piece = pattern.either(piece, sequence(cursor))
  return piece
}

const sequence = (cursor: RegexCursor): Piece => {
  const pieces: Piece[] = []
  let length = 0
  while (cursor.fault === undefined && cursor.at < cursor.characters.length) {
    if (!cursor.isQuoted && (isAt(cursor, '|') || isAt(cursor, ')'))) break
    const piece = repeatedPiece(cursor, atom(cursor))
    length += piece.length
    if (length > patternMax) return fail(cursor, 'it is too large')
    pieces.push(piece)
  }
  return pieces.flat()
}

/** An atom; `undefined` for flags and the like, which cannot be repeated. */
const atom = (cursor: RegexCursor): Piece | undefined => {
  if (takeText(cursor, cursor.isQuoted ? '\\E' : '\\Q')) {
    cursor.isQuoted = !cursor.isQuoted
    return undefined
  }
  const character = cursor.characters[cursor.at]!
  if (cursor.isQuoted) {
    cursor.at++
    if (takeText(cursor, '\\E')) cursor.isQuoted = false
    return pattern.oneOf(withCases(cursor, single(character)))
  }
  switch (character) {
    case '(':
      return group(cursor)
    case '[':
      return pattern.oneOf(bracket(cursor))
    case '\\':
      return escape(cursor)
    case '.':
      cursor.at++
      return pattern.oneOf(cursor.flags.s ? anyPoint : complementOf([[10, 10]]))
    case '^':
      cursor.at++
      return pattern.atStart
    case '$':
      cursor.at++
      return pattern.atEnd
    case '*':
    case '+':
    case '?':
      return fail(cursor, `nothing to repeat before ${character}`)
    default:
      cursor.at++
      return pattern.oneOf(withCases(cursor, single(character)))
  }
}

const single = (character: string): CodePoints => {
  const point = character.codePointAt(0)!
  return [[point, point]]
}

/** The set, in both cases under the flag `i`; a set is negated after that. */
const withCases = (cursor: RegexCursor, set: CodePoints): CodePoints =>
  cursor.flags.i
    ? (inBothCases(set) ?? failSet(cursor, 'cases of letters beyond ASCII are not supported'))
    : set

const group = (cursor: RegexCursor): Piece | undefined => {
  cursor.at++
  if (++cursor.depth > groupsMax) return fail(cursor, `more than ${groupsMax} groups in groups`)
  const before = cursor.flags
  if (takeText(cursor, '?')) {
    const isNamed = takeText(cursor, 'P<') || takeText(cursor, '<')
    const end = isNamed ? nameEnd(cursor) : flagsEnd(cursor)
    if (end === undefined) return undefined
    if (end === ')') {
      cursor.depth--
      return undefined
    }
  }
  const piece = alternatives(cursor)
  if (!takeText(cursor, ')')) return fail(cursor, 'a ) is missing')
  cursor.depth--
  cursor.flags = before
  return piece
}

const nameEnd = (cursor: RegexCursor): ':' | undefined => {
  const start = cursor.at
  while (/^\w$/.test(cursor.characters[cursor.at] ?? '')) cursor.at++
  if (cursor.at > start && takeText(cursor, '>')) return ':'
  fail(cursor, 'a group has no such name')
  return undefined
}

/** Reads flags up to `:`, behind which the group is, or up to `)`, behind which they hold. */
const flagsEnd = (cursor: RegexCursor): ':' | ')' | undefined => {
  let isOn = true
  let { i, s } = cursor.flags
  for (;;) {
    const character = cursor.characters[cursor.at++]
    switch (character) {
      case 'i':
        i = isOn
        break
      case 's':
        s = isOn
        break
      // Greed does not change whether there is a match.
      case 'U':
        break
      case '-':
        if (!isOn) {
          failFlags(cursor, character)
          return
        }
        isOn = false
        break
      case ':':
      case ')':
        cursor.flags = { i, s }
        return character
      default: {
        failFlags(cursor, character)
        return
      }
    }
  }
}

const failFlags = (cursor: RegexCursor, character = 'the end'): undefined => {
  fail(cursor, `the flag ${character} is not supported`)
  return undefined
}

const repeatedPiece = (cursor: RegexCursor, first: Piece | undefined): Piece => {
  if (first === undefined) return emptyPiece
  if (cursor.isQuoted) return first
  let piece = first
  let times = 0
  for (;;) {
    const count = repetition(cursor)
    if (count === undefined) return piece
    if (++times > 1) return fail(cursor, 'a repetition of a repetition')
    takeText(cursor, '?')
    const [min, max] = count
    if (max !== Infinity && min > max)
      return fail(cursor, 'a repetition that ends before it begins')
    if (Math.max(min, max === Infinity ? 0 : max) > repeatMax)
      return fail(cursor, `more than ${repeatMax} repetitions`)
    piece = timesOf(cursor, piece, min, max)
  }
}

/** The least and the most repetitions that are written here; a brace of another form is a text. */
const repetition = (cursor: RegexCursor): readonly [min: number, max: number] | undefined => {
  if (takeText(cursor, '*')) return [0, Infinity]
  if (takeText(cursor, '+')) return [1, Infinity]
  if (takeText(cursor, '?')) return [0, 1]
  if (!isAt(cursor, '{')) return undefined
  const rest = cursor.characters.slice(cursor.at, cursor.at + 12).join('')
  const [whole, min, comma, max] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(rest) ?? []
  if (whole === undefined || (comma === '' && max !== '')) return undefined
  cursor.at += whole.length
  if (comma === '') return [Number(min), Number(min)]
  return [Number(min), max === '' ? Infinity : Number(max)]
}

const timesOf = (cursor: RegexCursor, piece: Piece, min: number, max: number): Piece => {
  const copies = max === Infinity ? min + 1 : max
  if ((piece.length + 3) * copies > patternMax) return fail(cursor, 'it is too large')
  const required = Array.from({ length: min }, () => piece).flat()
  if (max === Infinity) return [...required, ...pattern.many(piece)]
  let optional = emptyPiece
  for (let i = min; i < max; i++) optional = pattern.either([...piece, ...optional], emptyPiece)
  return [...required, ...optional]
}

const escape = (cursor: RegexCursor): Piece => {
  if (takeText(cursor, '\\A')) return pattern.atStart
  if (takeText(cursor, '\\z')) return pattern.atEnd
  return pattern.oneOf(perlClass(cursor) ?? withCases(cursor, escapedPoint(cursor)))
}

const letters: ReadonlyMap<string, number> = new Map([
  ...([
    ['a', 7],
    ['f', 12],
    ['n', 10],
    ['r', 13],
    ['t', 9],
    ['v', 11],
  ] as const),
])

/** The class that a backslash begins here; `undefined` when it begins a character. */
const perlClass = (cursor: RegexCursor): CodePoints | undefined => {
  const letter = cursor.characters[cursor.at + 1] ?? ''
  const set = isAt(cursor, '\\') ? perlClasses.get(letter.toLowerCase()) : undefined
  if (set === undefined) return undefined
  cursor.at += 2
  return /[A-Z]/.test(letter) ? complementOf(withCases(cursor, set)) : withCases(cursor, set)
}

/** A character behind a backslash. */
const escapedPoint = (cursor: RegexCursor): CodePoints => {
  cursor.at++
  const character = cursor.characters[cursor.at++]
  if (character === undefined) return failSet(cursor, 'nothing follows the last backslash')
  const letter = letters.get(character)
  if (letter !== undefined) return [[letter, letter]]
  if (character === 'x') return hexadecimal(cursor)
  if (/^[0-7]$/.test(character)) return octalPoint(cursor, character)
  return /^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(character)
    ? single(character)
    : failSet(cursor, `the escape \\${character} is not supported`)
}

const failSet = (cursor: RegexCursor, fault: string): CodePoints => {
  fail(cursor, fault)
  return []
}

const hexadecimal = (cursor: RegexCursor): CodePoints => {
  const rest = cursor.characters.slice(cursor.at, cursor.at + 10).join('')
  const [whole, long, short] = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(rest) ?? []
  const point = parseInt(long ?? short ?? '', 16)
  if (whole === undefined || point > 0x10ffff) return failSet(cursor, 'the escape \\x is malformed')
  cursor.at += whole.length
  return [[point, point]]
}

/** `\0` and up to two digits more, or three digits; another digit alone would refer to a group. */
const octalPoint = (cursor: RegexCursor, first: string): CodePoints => {
  const rest = cursor.characters.slice(cursor.at, cursor.at + 2).join('')
  const [more = ''] = /^[0-7]{0,2}/.exec(rest) ?? []
  if (first !== '0' && more === '') return failSet(cursor, `the escape \\${first} is not supported`)
  cursor.at += more.length
  const point = parseInt(first + more, 8)
  return [[point, point]]
}

const bracket = (cursor: RegexCursor): CodePoints => {
  cursor.at++
  const isNegated = takeText(cursor, '^')
  const ranges: Range[] = []
  for (let isFirst = true; isFirst || !isAt(cursor, ']'); isFirst = false) {
    if (cursor.fault !== undefined) return []
    if (cursor.at >= cursor.characters.length) return failSet(cursor, 'a ] is missing')
    for (const one of classMember(cursor)) ranges.push(one)
  }
  cursor.at++
  const set = pointSet(ranges)
  return isNegated ? complementOf(set) : set
}

/** A class, a character, or a range from one character to another. */
const classMember = (cursor: RegexCursor): CodePoints => {
  const ofClass = isAt(cursor, '[:') ? namedClass(cursor) : perlClass(cursor)
  if (ofClass !== undefined) return ofClass
  const first = memberPoint(cursor)
  const isRange = isAt(cursor, '-') && ![']', undefined].includes(cursor.characters[cursor.at + 1])
  if (!isRange) return withCases(cursor, first)
  cursor.at++
  const [from, to] = [onlyPoint(first), onlyPoint(memberPoint(cursor))]
  return from === undefined || to === undefined || from > to
    ? failSet(cursor, 'a range that ends before it begins')
    : withCases(cursor, [[from, to]])
}

const memberPoint = (cursor: RegexCursor): CodePoints =>
  isAt(cursor, '\\') ? escapedPoint(cursor) : single(cursor.characters[cursor.at++]!)

const onlyPoint = (set: CodePoints): number | undefined =>
  set.length === 1 && set[0]![0] === set[0]![1] ? set[0]![0] : undefined

const namedClass = (cursor: RegexCursor): CodePoints => {
  const rest = cursor.characters.slice(cursor.at, cursor.at + 12).join('')
  const [whole, not, name = ''] = /^\[:(\^?)([a-z]+):\]/.exec(rest) ?? []
  const set = asciiClasses.get(name)
  if (whole === undefined || set === undefined)
    return failSet(cursor, 'a class between [: and :] has no such name')
  cursor.at += whole.length
  return not === '^' ? complementOf(withCases(cursor, set)) : withCases(cursor, set)
}
