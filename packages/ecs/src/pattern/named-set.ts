/**
 * Sets of characters that have a name in a pattern.
 *
 * Source: java.util.regex.Pattern of Java 6, to which the Amazon ECS Developer Guide refers:
 * predefined and POSIX character classes, of US-ASCII only.
 */
import { between, complement, type CodePoints } from './set.js'

const punctuation = between('!/:@[`{~')
const space = between('\t\r  ')

const posix: ReadonlyMap<string, CodePoints> = new Map([
  ['Lower', between('az')],
  ['Upper', between('AZ')],
  ['ASCII', between('\u0000\u007f')],
  ['Alpha', between('azAZ')],
  ['Digit', between('09')],
  ['Alnum', between('azAZ09')],
  ['Punct', punctuation],
  ['Graph', between('!~')],
  ['Print', between(' ~')],
  ['Blank', between('\t\t  ')],
  ['Cntrl', between('\u0000\u001f\u007f\u007f')],
  ['XDigit', between('09AFaf')],
  ['Space', space],
])

/** Those of `\p{…}` that are held here; the classes of Unicode are not. */
export const posixNames: readonly string[] = [...posix.keys()]

export const posixSet = (name: string): CodePoints | undefined => posix.get(name)

const digits = between('09')
const wordCharacters = between('azAZ09__')

/** By the letter behind the backslash. */
export const predefined: ReadonlyMap<string, CodePoints> = new Map([
  ['d', digits],
  ['D', complement(digits)],
  ['s', space],
  ['S', complement(space)],
  ['w', wordCharacters],
  ['W', complement(wordCharacters)],
])

/** What `.` does not match, unless it matches all: the ends of lines. */
export const lineTerminators = between('\n\n\r\r\u0085\u0085\u2028\u2029')
