/**
 * Parses an escape of a regular expression, such as `\d` or `\u0041`, to the set of characters that
 * it matches, inside and outside brackets.
 *
 * Source: java.util.regex.Pattern of Java 6, where an escaped letter without a meaning is an error
 * too.
 */
import * as E from 'fp-ts/lib/Either.js'
import { unlike, type TextRead } from './fault.js'
import { posixNames, posixSet, predefinedSets } from './named-set.js'
import { complement, singleton, type CodePoints } from './set.js'

const controls: ReadonlyMap<string, number> = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
])

/** The escape whose backslash is at position `at`. */
export const escapedSet = (text: string, at: number): TextRead<CodePoints> => {
  const letter = characterAt(text, at + 1)
  if (letter === '') return unlike(text, at, 1, 'a character behind the backslash')
  const known = predefinedSets.get(letter) ?? controls.get(letter)
  if (known !== undefined)
    return E.right([typeof known === 'number' ? singleton(known) : known, at + 2])
  if (letter === 'p' || letter === 'P') return property(text, at)
  if ('xu0c'.includes(letter)) return codedCharacter(text, at)
  return /[A-Za-z0-9]/.test(letter)
    ? unlike(text, at, 2, escapeMeaning(letter))
    : E.right([singleton(letter.codePointAt(0)!), at + 1 + letter.length])
}

const escapeMeaning = (letter: string): string => {
  if (/[1-9k]/.test(letter))
    return 'no reference back to a group: an automaton has no memory of one'
  if (letter === 'b' || letter === 'B')
    return 'no boundary of words: an automaton sees one character at a time'
  return 'an escape that has a meaning in Java 6, such as \\d or \\.'
}

/** Parses `\p{Alpha}`; `\P` is the complement. */
const property = (text: string, at: number): TextRead<CodePoints> => {
  const name = /^\{([^}]*)\}/.exec(text.slice(at + 2))?.[1]
  const set = name === undefined ? undefined : posixSet(name)
  if (name === undefined || set === undefined)
    return unlike(text, at, 2 + (name === undefined ? 0 : name.length + 2), oneOfNames)
  return E.right([text[at + 1] === 'p' ? set : complement(set), at + name.length + 4])
}

const oneOfNames = `one of ${posixNames.map((name) => `\\p{${name}}`).join(', ')}`

const codes = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|0([0-3]?[0-7]{1,2})|c([@-_]))/

/** A character by its number, or a control character by its letter. */
const codedCharacter = (text: string, at: number): TextRead<CodePoints> => {
  const [found, two, four, octal, control] = codes.exec(text.slice(at + 1)) ?? []
  if (found === undefined)
    return unlike(text, at, 2, 'a character by its number, such as \\x41, \\u0041 or \\0101')
  const hexadecimal = two ?? four
  const point =
    control !== undefined
      ? control.charCodeAt(0) % 64
      : hexadecimal !== undefined
        ? parseInt(hexadecimal, 16)
        : parseInt(octal!, 8)
  return E.right([singleton(point), at + 1 + found.length])
}

/** The character at a position, which may be two code units; empty at the end. */
export const characterAt = (text: string, at: number): string => {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}
