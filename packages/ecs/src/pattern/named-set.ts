/**
 * Lists the named character classes of a regular expression, such as `\d` and `\p{Alpha}`: for each
 * name, its set of code points.
 *
 * Source: java.util.regex.Pattern of Java 6, to which the Amazon ECS Developer Guide refers:
 * predefined and POSIX character classes, US-ASCII only.
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

/** The supported names of `\p{…}`; Unicode classes are not among them. */
export const posixNames: readonly string[] = [...posix.keys()]

/** The class of a name, or `undefined`. */
export const posixSet = (name: string): CodePoints | undefined => posix.get(name)

const digits = between('09')
const wordCharacters = between('azAZ09__')

/** By the letter behind the backslash. */
export const predefinedSets: ReadonlyMap<string, CodePoints> = new Map([
  ['d', digits],
  ['D', complement(digits)],
  ['s', space],
  ['S', complement(space)],
  ['w', wordCharacters],
  ['W', complement(wordCharacters)],
])

/** The characters that `.` does not match without the flag `s`. */
export const lineTerminators = between('\n\n\r\r\u0085\u0085\u2028\u2029')
