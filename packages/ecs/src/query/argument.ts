/**
 * The argument of a simple expression, and what the subject asks of it: a number of tasks, a version, a date, or a pattern that an
 * automaton can say.
 *
 * Source: Amazon ECS Developer Guide, cluster query language, operators and valid date formats.
 */
import { reading, type Comparison } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { compilePattern } from '../pattern/compile.js'
import { unlike, type Read } from '../pattern/fault.js'
import { connectives, type Operator, type Subject, type Test } from './expression.js'
import { comparisonOf } from './comparison.js'
import type { QueryOptions } from './options.js'
import { patternAt, tokenAt, type Token } from './token.js'
import { unexpected } from './unexpected.js'

interface Asked {
  readonly subject: Subject
  readonly operator: Operator
  readonly options: QueryOptions
}

export const argument = (text: string, at: number, asked: Asked): Read<Test> => {
  const { operator } = asked
  switch (operator) {
    case 'exists':
    case '!exists':
      return E.right([{ operator }, at])
    case 'in':
    case '!in':
      return E.map(
        ([values, next]: readonly [readonly string[], number]) =>
          [{ operator, values }, next] as const,
      )(list(text, at, asked))
    case '=~':
    case '!~':
      return patterned(text, at, operator, asked.options)
    default:
      return E.map(
        ([value, next]: readonly [string, number]) => [{ operator, value }, next] as const,
      )(literal(text, tokenAt(text, at), asked))
  }
}

const list = (text: string, at: number, asked: Asked): Read<readonly string[]> => {
  const opening = tokenAt(text, at)
  if (opening.kind !== 'mark' || opening.text !== '[')
    return unexpected(text, opening, 'a list, such as [a, b]')
  const values: string[] = []
  let position = opening.next
  for (;;) {
    const read = literal(text, tokenAt(text, position), asked)
    if (E.isLeft(read)) return read
    values.push(read.right[0])
    const token = tokenAt(text, read.right[1])
    if (token.kind !== 'mark' || !',]'.includes(token.text))
      return unexpected(text, token, 'a comma or ]')
    position = token.next
    if (token.text === ']') return E.right([values, position])
  }
}

const literal = (
  text: string,
  token: Token,
  { subject, operator, options }: Asked,
): Read<string> => {
  if (!isValue(token))
    return unexpected(text, token, 'a value, in single quotes if it is not one word')
  const isBad = token.kind === 'quoted' && parenthesis(text, token, options)
  if (isBad) return isBad
  const comparison = comparisonOf(subject, operator, options)
  return comparison === undefined || reads(comparison, subject, token.text)
    ? E.right([token.text, token.next])
    : unexpected(text, token, sentences[subject === 'runningTasksCount' ? 'count' : comparison])
}

const isValue = ({ kind, text }: Token): boolean =>
  kind === 'quoted' || (kind === 'word' && !connectives.includes(text))

const sentences: Readonly<Record<Comparison | 'count', string>> = {
  count: 'a number of tasks, such as 1',
  int64: 'a whole number, as this is compared by number',
  version: 'a version, such as 1.14.5',
  instant: 'a date: 2018-06-18, 2018-06-18T22:28:28, and Z or +00:00 behind that',
}

/** The formats that the guide calls valid; what a calendar does not have is none. */
const documentedDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|\+00:00)?)?$/

const reads = (comparison: Comparison, subject: Subject, text: string): boolean => {
  if (subject === 'runningTasksCount') return /^\d{1,9}$/.test(text)
  if (subject === 'registeredAt' && !documentedDate.test(text)) return false
  return reading(comparison)(text, text) !== undefined
}

const patterned = (
  text: string,
  at: number,
  operator: '=~' | '!~',
  options: QueryOptions,
): Read<Test> => {
  const token = patternAt(text, at)
  if (!isValue(token))
    return unexpected(text, token, 'a pattern, in single quotes if it has parentheses or blanks')
  const isBad = token.kind === 'quoted' && parenthesis(text, token, options)
  if (isBad) return isBad
  const start = token.at + (token.kind === 'quoted' ? 1 : 0)
  const compiled = compilePattern(token.text)
  return E.isLeft(compiled)
    ? E.left({ ...compiled.left, at: start + compiled.left.at })
    : E.right([{ operator, pattern: token.text, piece: compiled.right }, token.next])
}

/** The first parenthesis within quotes, where there may be none. */
const parenthesis = (text: string, token: Token, { parentheses }: QueryOptions) => {
  const inside = token.text.search(/[()]/)
  return parentheses === 'nowhere' && inside >= 0
    ? unlike(text, token.at + 1 + inside, 1, 'no parenthesis inside a single expression')
    : false
}
