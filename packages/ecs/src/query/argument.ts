/**
 * Parses the argument of an operator in the cluster query language, such as `2` in
 * `runningTasksCount < 2`. Checks that the argument has the type that the tested property needs: a
 * number, a version, a date, or a pattern that compiles to an automaton.
 *
 * Source: Amazon ECS Developer Guide, cluster query language, operators and valid date formats.
 */
import { compareAs, type ValueType } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { compilePattern } from '../pattern/compile.js'
import { mapRead, unlike, type TextRead, type TextFault } from '../pattern/fault.js'
import { connectives, type Operator, type Subject, type Test } from './expression.js'
import { comparisonOf } from './comparison.js'
import type { QueryOptions } from './options.js'
import { patternAt, tokenAt, type QueryToken } from './token.js'
import { unexpectedToken } from './unexpected.js'

/** What stands before the argument, and the options of the language. */
interface ArgumentOf {
  readonly subject: Subject
  readonly operator: Operator
  readonly options: QueryOptions
}

/** The test that an operator and its argument make; `at` is the position behind the operator. */
export const argument = (text: string, at: number, context: ArgumentOf): TextRead<Test> => {
  const { operator } = context
  switch (operator) {
    case 'exists':
    case '!exists':
      return E.right([{ operator }, at])
    case 'in':
    case '!in':
      return mapRead(argumentList(text, at, context), (values) => ({ operator, values }))
    case '=~':
    case '!~':
      return patternTest(text, at, operator, context.options)
    default:
      return mapRead(literal(text, tokenAt(text, at), context), (value) => ({ operator, value }))
  }
}

const argumentList = (
  text: string,
  at: number,
  context: ArgumentOf,
): TextRead<readonly string[]> => {
  const opening = tokenAt(text, at)
  if (opening.kind !== 'mark' || opening.text !== '[')
    return unexpectedToken(text, opening, 'a list, such as [a, b]')
  const values: string[] = []
  let position = opening.next
  for (;;) {
    const read = literal(text, tokenAt(text, position), context)
    if (E.isLeft(read)) return read
    values.push(read.right[0])
    const token = tokenAt(text, read.right[1])
    if (token.kind !== 'mark' || !',]'.includes(token.text))
      return unexpectedToken(text, token, 'a comma or ]')
    position = token.next
    if (token.text === ']') return E.right([values, position])
  }
}

const literal = (
  text: string,
  token: QueryToken,
  { subject, operator, options }: ArgumentOf,
): TextRead<string> => {
  if (!isValue(token))
    return unexpectedToken(text, token, 'a value, in single quotes if it is not one word')
  const wrong = parenthesisIn(text, token, options)
  if (wrong !== undefined) return wrong
  const comparison = comparisonOf(subject, operator, options)
  return comparison === undefined || reads(comparison, subject, token.text)
    ? E.right([token.text, token.next])
    : unexpectedToken(
        text,
        token,
        sentences[subject === 'runningTasksCount' ? 'count' : comparison],
      )
}

const isValue = ({ kind, text }: QueryToken): boolean =>
  kind === 'quoted' || (kind === 'word' && !connectives.includes(text))

const sentences: Readonly<Record<ValueType | 'count', string>> = {
  count: 'a number of tasks, such as 1',
  int64: 'a whole number, as this is compared by number',
  version: 'a version, such as 1.14.5',
  instant: 'a date: 2018-06-18, 2018-06-18T22:28:28, and Z or +00:00 behind that',
}

/**
 * The date formats that the guide calls valid. A date that no calendar has, such as 30 February, is
 * refused as well.
 */
const documentedDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|\+00:00)?)?$/

const reads = (comparison: ValueType, subject: Subject, text: string): boolean => {
  if (subject === 'runningTasksCount') return /^\d{1,9}$/.test(text)
  if (subject === 'registeredAt' && !documentedDate.test(text)) return false
  return compareAs(comparison)(text, text) !== undefined
}

const patternTest = (
  text: string,
  at: number,
  operator: '=~' | '!~',
  options: QueryOptions,
): TextRead<Test> => {
  const token = patternAt(text, at)
  if (!isValue(token))
    return unexpectedToken(
      text,
      token,
      'a pattern, in single quotes if it has parentheses or blanks',
    )
  const wrong = parenthesisIn(text, token, options)
  if (wrong !== undefined) return wrong
  const start = token.at + (token.kind === 'quoted' ? 1 : 0)
  const compiled = compilePattern(token.text)
  return E.isLeft(compiled)
    ? E.left({ ...compiled.left, at: start + compiled.left.at })
    : E.right([{ operator, pattern: token.text, piece: compiled.right }, token.next])
}

/** The fault of a parenthesis inside quotes, when the options allow none. */
const parenthesisIn = (
  text: string,
  token: QueryToken,
  { parentheses }: QueryOptions,
): E.Either<TextFault, never> | undefined => {
  const inside = parentheses === 'nowhere' ? token.text.search(/[()]/) : -1
  return inside < 0
    ? undefined
    : unlike(text, token.at + 1 + inside, 1, 'no parenthesis inside a single expression')
}
