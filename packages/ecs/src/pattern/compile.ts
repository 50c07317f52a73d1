/**
 * Compiles a Java regular expression (the pattern of `=~` in the cluster query language) to an
 * automaton, which reads a text only once.
 *
 * Source: java.util.regex.Pattern of Java 6, to which the Amazon ECS Developer Guide refers.
 * Refused are the constructs that no automaton can express (back references, lookaround, atomic
 * groups, possessive quantifiers), and also word boundaries, Unicode classes and all flags except
 * `i` and `s`. `$` matches only the end of the text: attribute values contain no line terminators.
 */
import { pattern, patternMax, type Piece } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { bracket, bracketsMax } from './bracket.js'
import { characterAt, escapedSet } from './escape.js'
import { mapRead, unlike, type TextRead, type TextFault } from './fault.js'
import { lineTerminators } from './named-set.js'
import { withRepeat, times } from './repeat.js'
import { caseless, complement, singleton, type CodePoints } from './set.js'

/**
 * `(?i)`: letters match both cases. `(?s)`: `.` matches line terminators. Flags apply to the end of
 * the group.
 */
interface Flags {
  readonly caseless: boolean
  readonly dotAll: boolean
}
/** The flags, and how many groups are open. */
interface Inside {
  readonly flags: Flags
  readonly depth: number
}

const plain: Flags = { caseless: false, dotAll: false }

/** Compiles a pattern, or returns the first fault with its position. */
export const compilePattern = (text: string): E.Either<TextFault, Piece> => {
  const read = alternatives(text, 0, { flags: plain, depth: 0 })
  if (E.isLeft(read)) return read
  const [piece, next] = read.right
  if (next < text.length) return unlike(text, next, 1, 'a group that this closes')
  return piece.length > pieceMax ? patternTooLong(text, 0) : E.right(piece)
}

/** A program is longer than its piece by a prefix and a suffix. */
const pieceMax = patternMax - 32

/** Parses an alternation, up to the end of the group. */
const alternatives = (text: string, at: number, inside: Inside): TextRead<Piece> => {
  const all: Piece[] = []
  let { flags } = inside
  let position = at
  let length = 0
  for (;;) {
    const read = sequence(text, position, { ...inside, flags })
    if (E.isLeft(read)) return read
    const [{ piece, flags: left }, next] = read.right
    all.push(piece)
    length += piece.length
    if (length > patternMax) return patternTooLong(text, position)
    if (text[next] !== '|')
      return E.right([all.reduceRight((rest, each) => pattern.either(each, rest)), next])
    flags = left
    position = next + 1
  }
}

/** A concatenation, with the flags that are set at its end. */
interface Sequence {
  readonly piece: Piece
  readonly flags: Flags
}

/** Parses a concatenation, up to `|`, `)` or the end. */
const sequence = (
  text: string,
  at: number,
  { flags: given, depth }: Inside,
): TextRead<Sequence> => {
  const piece: number[] = []
  let flags = given
  let position = at
  while (position < text.length && text[position] !== '|' && text[position] !== ')') {
    const set = flagsAt(text, position, flags)
    if (set !== undefined) {
      ;[flags, position] = set
      continue
    }
    const read = repeatedAtom(text, position, { flags, depth })
    if (E.isLeft(read)) return read
    for (const number of read.right[0]) piece.push(number)
    if (piece.length > patternMax) return patternTooLong(text, position)
    position = read.right[1]
  }
  return E.right([{ piece, flags }, position])
}

const patternTooLong = (text: string, at: number) =>
  unlike(text, at, 1, `a pattern whose automaton has at most ${patternMax} numbers`)

/** Reads flags such as `(?i)`, which open no group. */
const flagsAt = (text: string, at: number, flags: Flags): readonly [Flags, number] | undefined => {
  const [found, on = '', off = ''] = /^\(\?([is]*)(?:-([is]+))?\)/.exec(text.slice(at)) ?? []
  return found === undefined || found === '(?)'
    ? undefined
    : [withFlags(flags, on, off), at + found.length]
}

const withFlags = (flags: Flags, on: string, off: string): Flags => ({
  caseless: (flags.caseless || on.includes('i')) && !off.includes('i'),
  dotAll: (flags.dotAll || on.includes('s')) && !off.includes('s'),
})

const repeatedAtom = (text: string, at: number, inside: Inside): TextRead<Piece> => {
  const read = text.startsWith('\\Q', at)
    ? quotedText(text, at, inside.flags)
    : atom(text, at, inside)
  if (E.isLeft(read)) return read
  const [pieces, next] = read.right
  const found = times(text, next)
  if (E.isLeft(found)) return found
  const [often, end] = found.right
  const last = pieces.at(-1)
  if (often === undefined || last === undefined) return E.right([pieces.flat(), next])
  const piece = withRepeat(last, often)
  return piece === undefined
    ? patternTooLong(text, next)
    : E.right([[...pieces.slice(0, -1).flat(), ...piece], end])
}

/** A quantifier applies to the last piece only. */
type Atom = readonly Piece[]

const atom = (text: string, at: number, inside: Inside): TextRead<Atom> => {
  switch (text[at]) {
    case '(':
      return group(text, at, inside)
    case '[':
      return asPiece(bracket(text, at), inside.flags)
    case '\\':
      return escape(text, at, inside.flags)
    case '.':
      return E.right([[inside.flags.dotAll ? pattern.any : anyOfLine], at + 1])
    case '^':
      return E.right([[pattern.atStart], at + 1])
    case '$':
      return E.right([[pattern.atEnd], at + 1])
    case '*':
    case '+':
    case '?':
    case '{':
      return unlike(text, at, 1, 'something that this repeats')
    default: {
      const character = characterAt(text, at)
      const set = singleton(character.codePointAt(0)!)
      return asPiece(E.right([set, at + character.length]), inside.flags)
    }
  }
}

const anyOfLine = pattern.oneOf(complement(lineTerminators))

const asPiece = (read: TextRead<CodePoints>, flags: Flags): TextRead<Atom> =>
  mapRead(read, (set) => [pieceOf(set, flags)])

const pieceOf = (set: CodePoints, flags: Flags): Piece =>
  pattern.oneOf(flags.caseless ? caseless(set) : set)

const ends: ReadonlyMap<string | undefined, Piece> = new Map([
  ['A', pattern.atStart],
  ['z', pattern.atEnd],
  ['Z', pattern.atEnd],
])

const escape = (text: string, at: number, flags: Flags): TextRead<Atom> => {
  const end = ends.get(text[at + 1])
  return end === undefined ? asPiece(escapedSet(text, at), flags) : E.right([[end], at + 2])
}

/** Up to `\E` or the end, each character stands for itself. */
const quotedText = (text: string, at: number, flags: Flags): TextRead<Atom> => {
  const close = text.indexOf('\\E', at + 2)
  const inside = text.slice(at + 2, close < 0 ? text.length : close)
  const pieces = [...inside].map((character) =>
    pieceOf(singleton(character.codePointAt(0)!), flags),
  )
  return E.right([pieces, close < 0 ? text.length : close + 2])
}

const opening = /^\((?:\?(?:<[A-Za-z][A-Za-z0-9]*>|([is]*)(?:-([is]+))?:))?/

const group = (text: string, at: number, { flags, depth }: Inside): TextRead<Atom> => {
  const [found = '', on = '', off = ''] = opening.exec(text.slice(at)) ?? []
  const start = at + found.length
  if (text[start] === '?' && found === '(') return unlike(text, at, 3, groupExpectation(text, at))
  if (depth >= bracketsMax) return unlike(text, at, 1, `at most ${bracketsMax} groups in groups`)
  const read = alternatives(text, start, { flags: withFlags(flags, on, off), depth: depth + 1 })
  if (E.isLeft(read)) return read
  const [piece, next] = read.right
  return text[next] === ')'
    ? E.right([[piece], next + 1])
    : unlike(text, at, 1, 'a ) that closes this')
}

const groupExpectation = (text: string, at: number): string => {
  const kind = text.slice(at + 2)
  if (/^(=|!|<=|<!)/.test(kind))
    return 'no looking around: an automaton sees one character at a time'
  if (kind.startsWith('>'))
    return 'no group that gives nothing back: an automaton has no second try to forbid'
  return 'a group, or the flags i and s'
}
